-- Portable columns: ids and names as text, times and counts as bigint (microseconds since 1970), bodies as
-- bytes. What is keyed by request goes with it.

create table state (
  service    text   not null,
  request    text   not null,
  tenant     text   not null,
  version    bigint not null,
  format     bigint not null,
  status     text   not null,
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
  service text   not null,
  request text   not null,
  name    text   not null,
  format  bigint not null,
  body    bytea  not null,
  primary key (service, request, name)
);

create table inbox (
  service text   not null,
  request text   not null,
  id      text   not null,
  seen_at bigint not null,
  primary key (service, request, id)
);

create table attempt (
  service text   not null,
  request text   not null,
  id      text   not null,
  tries   bigint not null,
  primary key (service, request, id)
);

-- What was written to be sent; never changed, and kept until its request is forgotten.
create table outbox (
  request  text not null,
  id       text not null,
  service  text not null,
  cause    text,
  exchange text not null,
  route    text not null,
  head     bytea not null,
  body     bytea not null,
  primary key (request, id)
);

-- What of it the broker is not known to have.
create table unsent (
  request       text not null,
  id            text not null,
  again         bigint not null,
  claimed_until bigint not null,
  primary key (request, id)
);
create index unsent_claimed on unsent (claimed_until);

create table timer (
  service text   not null,
  request text   not null,
  name    text   not null,
  due_at  bigint not null,
  body    bytea  not null,
  primary key (service, request, name)
);
create index timer_due on timer (service, due_at);

create table job (
  task      text   not null,
  system    text   not null,
  connector text   not null,
  request   text   not null,
  tenant    text   not null,
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
  connector text   not null,
  system    text   not null,
  holder    text   not null,
  epoch     bigint not null,
  ends_at   bigint not null,
  primary key (connector, system)
);

create table parked (
  service   text   not null,
  id        text   not null,
  reason    text   not null,
  detail    text   not null,
  attempts  bigint not null,
  parked_at bigint not null,
  head      bytea,
  body      bytea  not null,
  primary key (service, id)
);

create table keyring (
  tenant  text  not null,
  name    text  not null,
  period  text  not null,
  wrapped bytea not null,
  primary key (tenant, name)
);

create table ledger_head (
  tenant text   not null primary key,
  size   bigint not null
);

create table ledger (
  tenant   text   not null,
  idx      bigint not null,
  request  text   not null,
  sender   text   not null,
  sequence bigint not null,
  event    text   not null,
  at_us    bigint not null,
  body     bytea  not null,
  leaf     bytea  not null,
  primary key (tenant, idx)
);

create table subject_index (
  tenant  text  not null,
  blind   bytea not null,
  request text  not null,
  primary key (tenant, blind, request)
);
