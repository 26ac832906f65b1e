-- Lá Geal's newsletter (tenant `dublin`, system `newsletter`), run by another program than its main database:
-- it numbers people itself, and knows some of them by another address than the firm does.
create table subscriber (
  subscriber_no integer primary key,
  customer_no text unique,
  email text not null unique,
  first_name text,
  confirmed_at timestamp not null,
  status text not null
);

create table preference (
  subscriber_no integer not null references subscriber (subscriber_no) on delete cascade,
  topic text not null,
  wanted boolean not null,
  primary key (subscriber_no, topic)
);

create table issue (
  id integer primary key,
  title text not null,
  sent_at timestamp not null
);

create table delivery_log (
  id integer primary key,
  issue_id integer not null references issue (id),
  email text not null,
  sent_at timestamp not null,
  result text not null
);

create table click_log (
  id integer primary key,
  issue_id integer not null references issue (id),
  email text not null,
  clicked_at timestamp not null,
  url text not null,
  ip_address text,
  user_agent text
);

create index delivery_log_email on delivery_log (email);

create index click_log_email on click_log (email);

insert into subscriber (subscriber_no, customer_no, email, first_name, confirmed_at, status) values
  (50211, 'C-1007', 'clara.keane@example.com', 'Clara', '2022-10-05 07:40:00', 'active'),
  (50266, 'C-1012', 'nora.q@example.org', 'Nora', '2023-07-02 21:16:00', 'active'),
  (50294, 'C-1015', 'emily.whitcombe@example.org', 'Emily', '2023-11-03 12:00:00', 'paused'),
  (50310, null, 'tomas.obriain@example.com', 'Tomás', '2024-01-15 06:58:00', 'active'),
  (50327, null, 'n.quinn@example.net', 'Nora', '2024-03-09 17:25:00', 'active'),
  (50371, 'C-1019', 'saoirse.brennan@example.com', 'Saoirse', '2024-08-28 09:13:00', 'active'),
  (50402, null, 'roisin.brennan@example.com', 'Róisín', '2025-02-21 19:30:00', 'active'),
  (50433, null, 'nuala.considine@example.com', 'Nuala', '2025-05-10 11:47:00', 'bounced'),
  (50478, 'C-1031', 'katharina.vogel@example.net', 'Katharina', '2026-01-22 20:20:00', 'active');

insert into preference (subscriber_no, topic, wanted) values
  (50211, 'italy', 1),
  (50211, 'offers', 0),
  (50266, 'portugal', 1),
  (50266, 'real weddings', 1),
  (50266, 'offers', 0),
  (50294, 'real weddings', 0),
  (50310, 'west of ireland', 1),
  (50310, 'walks and boats', 1),
  (50327, 'music', 1),
  (50371, 'real weddings', 1),
  (50402, 'west of ireland', 1),
  (50402, 'offers', 1),
  (50478, 'west of ireland', 1),
  (50478, 'offers', 1);

insert into issue (id, title, sent_at) values
  (61, 'Lemon season: vows above Amalfi', '2026-03-05 08:00:00'),
  (62, 'Small islands, large parties', '2026-05-07 08:00:00'),
  (63, 'What a céilí does to a seating plan', '2026-08-06 08:00:00'),
  (64, 'Winter light: Sintra in January', '2026-11-05 08:00:00');

insert into delivery_log (id, issue_id, email, sent_at, result) values
  (7001, 61, 'clara.keane@example.com', '2026-03-05 08:00:01', 'delivered'),
  (7002, 61, 'nora.q@example.org', '2026-03-05 08:00:01', 'delivered'),
  (7003, 61, 'tomas.obriain@example.com', '2026-03-05 08:00:02', 'delivered'),
  (7004, 61, 'n.quinn@example.net', '2026-03-05 08:00:02', 'delivered'),
  (7005, 61, 'nuala.considine@example.com', '2026-03-05 08:00:02', 'bounced'),
  (7006, 62, 'clara.keane@example.com', '2026-05-07 08:00:01', 'delivered'),
  (7007, 62, 'nora.q@example.org', '2026-05-07 08:00:01', 'delivered'),
  (7008, 62, 'tomas.obriain@example.com', '2026-05-07 08:00:01', 'delivered'),
  (7009, 62, 'saoirse.brennan@example.com', '2026-05-07 08:00:02', 'delivered'),
  (7010, 62, 'roisin.brennan@example.com', '2026-05-07 08:00:02', 'delivered'),
  (7011, 62, 'n.quinn@example.net', '2026-05-07 08:00:02', 'deferred'),
  (7012, 63, 'clara.keane@example.com', '2026-08-06 08:00:01', 'delivered'),
  (7013, 63, 'nora.q@example.org', '2026-08-06 08:00:01', 'delivered'),
  (7014, 63, 'tomas.obriain@example.com', '2026-08-06 08:00:01', 'delivered'),
  (7015, 63, 'saoirse.brennan@example.com', '2026-08-06 08:00:02', 'delivered'),
  (7016, 63, 'katharina.vogel@example.net', '2026-08-06 08:00:02', 'delivered'),
  (7017, 63, 'n.quinn@example.net', '2026-08-06 08:00:02', 'delivered'),
  (7018, 64, 'clara.keane@example.com', '2026-11-05 08:00:01', 'delivered'),
  (7019, 64, 'nora.q@example.org', '2026-11-05 08:00:01', 'delivered'),
  (7020, 64, 'tomas.obriain@example.com', '2026-11-05 08:00:01', 'delivered'),
  (7021, 64, 'katharina.vogel@example.net', '2026-11-05 08:00:02', 'delivered');

insert into click_log (id, issue_id, email, clicked_at, url, ip_address, user_agent) values
  (301, 61, 'clara.keane@example.com', '2026-03-05 08:21:14', '/venues/villa-aranci', '192.0.2.14', 'Mozilla/5.0 (Macintosh)'),
  (302, 61, 'nora.q@example.org', '2026-03-06 22:40:51', '/stories/nine-years-late', '198.51.100.27', 'Mozilla/5.0 (iPhone)'),
  (303, 62, 'tomas.obriain@example.com', '2026-05-07 06:59:40', '/islands/inis-oirr', '203.0.113.8', 'Mozilla/5.0 (X11; Linux x86_64)'),
  (304, 62, 'roisin.brennan@example.com', '2026-05-07 12:30:02', '/offers', '192.0.2.90', 'Mozilla/5.0 (Android 15)'),
  (305, 63, 'nora.q@example.org', '2026-08-06 08:03:17', '/stories/seating-plan', '198.51.100.27', 'Mozilla/5.0 (iPhone)'),
  (306, 63, 'n.quinn@example.net', '2026-08-06 11:45:33', '/stories/seating-plan', '203.0.113.61', 'Mozilla/5.0 (Windows NT 10.0)'),
  (307, 63, 'katharina.vogel@example.net', '2026-08-07 19:10:05', '/stories/seating-plan', '2001:db8:41::9', 'Mozilla/5.0 (Macintosh)'),
  (308, 64, 'nora.q@example.org', '2026-11-05 08:12:44', '/venues/quinta-da-ribeira-alta', '198.51.100.27', 'Mozilla/5.0 (iPhone)'),
  (309, 64, 'nora.q@example.org', '2026-11-05 08:13:30', '/offers/anniversaries', '198.51.100.27', 'Mozilla/5.0 (iPhone)'),
  (310, 64, 'tomas.obriain@example.com', '2026-11-06 07:02:19', '/walks/cabo-da-roca', '203.0.113.8', 'Mozilla/5.0 (X11; Linux x86_64)');
