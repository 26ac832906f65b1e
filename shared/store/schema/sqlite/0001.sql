-- The same tables, columns and keys as the PostgreSQL schema: a test holds them equal.

create table state (
  service    text   not null,
  request    text   not null,
  tenant     text   not null,
  version    integer not null,
  format     integer not null,
  status     text   not null,
  due_at     integer,
  body       blob  not null,
  early      blob  not null,
  closed_at  integer,
  forgotten  integer not null default 0,
  primary key (service, request)
) strict;
create index state_open on state (service, request) where closed_at is null;
create index state_tenant on state (service, tenant, request);
create index state_closed on state (service, closed_at) where closed_at is not null and forgotten = 0;

create table step (
  service text   not null,
  request text   not null,
  name    text   not null,
  format  integer not null,
  body    blob  not null,
  primary key (service, request, name)
) strict;

create table inbox (
  service text   not null,
  request text   not null,
  id      text   not null,
  seen_at integer not null,
  primary key (service, request, id)
) strict;

create table attempt (
  service text   not null,
  request text   not null,
  id      text   not null,
  tries   integer not null,
  primary key (service, request, id)
) strict;

-- What was written to be sent; never changed, and kept until its request is forgotten.
create table outbox (
  request  text not null,
  id       text not null,
  service  text not null,
  cause    text,
  exchange text not null,
  route    text not null,
  head     blob not null,
  body     blob not null,
  primary key (request, id)
) strict;

-- What of it the broker is not known to have.
create table unsent (
  request       text not null,
  id            text not null,
  again         integer not null,
  claimed_until integer not null,
  primary key (request, id)
) strict;
create index unsent_claimed on unsent (claimed_until);

create table timer (
  service text   not null,
  request text   not null,
  name    text   not null,
  due_at  integer not null,
  body    blob  not null,
  primary key (service, request, name)
) strict;
create index timer_due on timer (service, due_at);

create table job (
  task      text   not null,
  system    text   not null,
  connector text   not null,
  request   text   not null,
  tenant    text   not null,
  format    integer not null,
  due_at    integer not null,
  tries     integer not null,
  body      blob  not null,
  intent    blob  not null,
  progress  blob  not null,
  outcome   blob,
  primary key (task, system)
) strict;
create index job_due on job (connector, system, due_at) where outcome is null;

create index job_request on job (connector, request);

create table lease (
  connector text   not null,
  system    text   not null,
  holder    text   not null,
  epoch     integer not null,
  ends_at   integer not null,
  primary key (connector, system)
) strict;

create table parked (
  service   text   not null,
  id        text   not null,
  reason    text   not null,
  detail    text   not null,
  attempts  integer not null,
  parked_at integer not null,
  head      blob,
  body      blob  not null,
  primary key (service, id)
) strict;

create table keyring (
  tenant  text  not null,
  name    text  not null,
  period  text  not null,
  wrapped blob not null,
  primary key (tenant, name)
) strict;

create table ledger_head (
  tenant text   not null primary key,
  size   integer not null
) strict;

create table ledger (
  tenant   text   not null,
  idx      integer not null,
  request  text   not null,
  sender   text   not null,
  sequence integer not null,
  event    text   not null,
  at_us    integer not null,
  body     blob  not null,
  leaf     blob  not null,
  primary key (tenant, idx)
) strict;

create table subject_index (
  tenant  text  not null,
  blind   blob not null,
  request text  not null,
  primary key (tenant, blind, request)
) strict;
