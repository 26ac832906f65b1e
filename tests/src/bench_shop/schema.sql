create table address (
  id      bigint primary key,
  house   text,
  street  text,
  city    text,
  state   text,
  zip     text,
  country text
);
create table customer (
  id         bigint primary key,
  email      text not null,
  name       text,
  phone      text,
  birth_date date,
  address_id bigint references address (id),
  created_at timestamptz not null
);
create table employee (
  id         bigint primary key,
  email      text not null,
  name       text,
  address_id bigint references address (id)
);
create table orders (
  id                  bigint primary key,
  customer_id         bigint not null references customer (id),
  shipping_address_id bigint references address (id),
  total_cents         bigint not null,
  note                text,
  created_at          timestamptz not null
);
create table payment_card (
  id                 text primary key,
  customer_id        bigint not null references customer (id),
  billing_address_id bigint references address (id),
  name               text,
  ccn                text,
  code               text,
  preferred          boolean
);
create table login (
  id          bigint primary key,
  customer_id bigint not null references customer (id),
  at          timestamptz not null,
  ip          text,
  user_agent  text
);
create table service_request (
  id          text primary key,
  email       text not null,
  alt_email   text,
  employee_id bigint references employee (id),
  subject     text,
  body        text,
  opened      date,
  closed      date
);
create table visit (
  id         bigint primary key,
  email      text not null,
  last_visit timestamptz not null,
  referrer   text
);
