insert into address values (12001, '1', 'Long Lane', 'Town', 'R1', '00001', 'IE');
insert into customer values
  (10001, 'cust10001@example.com', 'Given Family', '+353169999999', '1970-01-01', 12001, '2021-02-03 04:05:06Z');
insert into orders
  select 1000000 + n, 10001, 12001, 500 + n, 'ring twice, ' || md5('large' || n),
    timestamptz '2022-03-04 05:06:07Z' + n * interval '3 min'
  from generate_series(1, 20000) n;
insert into login
  select 1000000 + n, 10001, timestamptz '2024-05-06 07:08:09Z' + n * interval '1 min',
    '10.9.' || n % 256 || '.' || n % 251, 'Browser/7 (' || md5('agent' || n) || ')'
  from generate_series(1, 50000) n;
analyze;
