insert into address
  select n, (n % 200)::text, 'Lane ' || n, 'Town ' || n % 400, 'R' || n % 40, to_char(n, 'FM00000'), 'IE'
  from generate_series(1, 12000) n;
insert into employee
  select n, 'staff' || n || '@example.net', 'Staff ' || n, 11000 + n from generate_series(1, 500) n;
insert into customer
  select n, 'cust' || to_char(n, 'FM00000') || '@example.com', 'Given' || n || ' Family' || n % 5000,
    '+35316' || to_char(n, 'FM000000'), date '1948-03-01' + n % 20000, n, timestamptz '2021-02-03 04:05:06Z' + n * interval '41 min'
  from generate_series(1, 10000) n;
insert into orders
  select c * 2 + i, c, c, 500 + (c * 37 + i) % 80000, 'ring twice, ' || md5(c || '/' || i),
    timestamptz '2022-03-04 05:06:07Z' + (c * 2 + i) * interval '47 min'
  from generate_series(1, 10000) c, generate_series(0, 1) i;
insert into payment_card
  select 'card-' || n, (n - 1) % 10000 + 1, (n - 1) % 10000 + 1, 'Visa ' || n, to_char(n * 7907, 'FM0000000000000000'),
    to_char(n % 1000, 'FM000'), n <= 10000
  from generate_series(1, 12000) n;
insert into login
  select c * 3 + i, c, timestamptz '2024-05-06 07:08:09Z' + (c * 3 + i) * interval '19 min',
    '10.' || c % 256 || '.' || i || '.' || c % 251, 'Browser/' || c % 90 || ' (' || md5('agent' || c) || ')'
  from generate_series(1, 10000) c, generate_series(0, 2) i;
insert into service_request
  select 'case-' || n, 'cust' || to_char(n, 'FM00000') || '@example.com', 'second' || n || '@example.org', n % 500 + 1,
    'Trouble with order ' || n, repeat(md5('words' || n) || ' ', 8), date '2025-01-02' + n % 250, date '2025-01-09' + n % 250
  from generate_series(1, 10000) n;
insert into visit
  select n, 'cust' || to_char(n, 'FM00000') || '@example.com', timestamptz '2025-02-03 04:05:06Z' + n * interval '13 min',
    'https://example.org/' || md5('from' || n)
  from generate_series(1, 10000) n;

create index on customer (email);
create index on customer (address_id);
create index on employee (email);
create index on employee (address_id);
create index on orders (customer_id);
create index on orders (shipping_address_id);
create index on payment_card (customer_id);
create index on payment_card (billing_address_id);
create index on login (customer_id);
create index on service_request (email);
create index on service_request (employee_id);
create index on visit (email);
analyze;
