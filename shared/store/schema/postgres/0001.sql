-- Portable columns: ids and names as text, compared byte by byte, times and counts as bigint (microseconds since 1970), bodies as
-- bytes. What is keyed by request goes with it.

create table state (
  service    text collate "C"   not null,
  request    text collate "C"   not null,
  tenant     text collate "C"   not null,
  version    bigint not null,
  format     bigint not null,
  status     text collate "C"   not null,
  due_at     bigint,
  body       bytea  not null,
  early      bytea  not null,
  closed_at  bigint,
  forgotten  bigint not null default 0,
  primary key (service, request)
);
create index state_open on state (service, request) where closed_at is null;
create index state_tenant on state (service, tenant, request);
create index state_closed on state (service, closed_at) where closed_at is not null and forgotten = 0;

create table step (
  service text collate "C"   not null,
  request text collate "C"   not null,
  name    text collate "C"   not null,
  format  bigint not null,
  body    bytea  not null,
  primary key (service, request, name)
);

create table inbox (
  service text collate "C"   not null,
  request text collate "C"   not null,
  id      text collate "C"   not null,
  seen_at bigint not null,
  primary key (service, request, id)
);

create table attempt (
  service text collate "C"   not null,
  request text collate "C"   not null,
  id      text collate "C"   not null,
  tries   bigint not null,
  primary key (service, request, id)
);

-- What was written to be sent; never changed, and kept until its request is forgotten.
create table outbox (
  request  text collate "C" not null,
  id       text collate "C" not null,
  service  text collate "C" not null,
  cause    text collate "C",
  exchange text collate "C" not null,
  route    text collate "C" not null,
  head     bytea not null,
  body     bytea not null,
  primary key (request, id)
);

-- What of it the broker is not known to have.
create table unsent (
  request       text collate "C" not null,
  id            text collate "C" not null,
  again         bigint not null,
  claimed_until bigint not null,
  primary key (request, id)
);
create index unsent_claimed on unsent (claimed_until);

create table timer (
  service text collate "C"   not null,
  request text collate "C"   not null,
  name    text collate "C"   not null,
  due_at  bigint not null,
  body    bytea  not null,
  primary key (service, request, name)
);
create index timer_due on timer (service, due_at);

create table job (
  task      text collate "C"   not null,
  system    text collate "C"   not null,
  connector text collate "C"   not null,
  request   text collate "C"   not null,
  tenant    text collate "C"   not null,
  format    bigint not null,
  due_at    bigint not null,
  tries     bigint not null,
  body      bytea  not null,
  intent    bytea  not null,
  progress  bytea  not null,
  outcome   bytea,
  primary key (task, system)
);
create index job_due on job (connector, system, due_at) where outcome is null;

create index job_request on job (connector, request);

create table lease (
  connector text collate "C"   not null,
  system    text collate "C"   not null,
  holder    text collate "C"   not null,
  epoch     bigint not null,
  ends_at   bigint not null,
  primary key (connector, system)
);

create table parked (
  service   text collate "C"   not null,
  id        text collate "C"   not null,
  reason    text collate "C"   not null,
  detail    text collate "C"   not null,
  attempts  bigint not null,
  parked_at bigint not null,
  head      bytea,
  body      bytea  not null,
  primary key (service, id)
);

create table keyring (
  tenant  text collate "C"  not null,
  name    text collate "C"  not null,
  period  text collate "C"  not null,
  wrapped bytea not null,
  primary key (tenant, name)
);

create table ledger_head (
  tenant text collate "C"   not null primary key,
  size   bigint not null
);

create table ledger (
  tenant   text collate "C"   not null,
  idx      bigint not null,
  request  text collate "C"   not null,
  sender   text collate "C"   not null,
  sequence bigint not null,
  event    text collate "C"   not null,
  at_us    bigint not null,
  body     bytea  not null,
  leaf     bytea  not null,
  primary key (tenant, idx)
);

create table subject_index (
  tenant  text collate "C"  not null,
  blind   bytea not null,
  request text collate "C"  not null,
  primary key (tenant, blind, request)
);
