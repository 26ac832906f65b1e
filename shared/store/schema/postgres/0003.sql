-- The jobs of a request that were tried and wait: few, and looked for by it.
create index job_waiting on job (request) where outcome is null and tries > 0;
