-- How often a job was begun and its end not heard of: what ends the process is known by it.
alter table job add column attempts integer not null default 0;
