-- Corrib Table Catering, Galway: another firm (tenant `galway`, system `catering`). It knows Nora Quinn too, by
-- the same address and number, and nothing that she asks of Lá Geal may touch this.
create table client (
  id integer primary key,
  name text not null,
  email text not null unique,
  phone text,
  street text,
  city text,
  since date not null
);

create table party (
  id integer primary key,
  client_id integer not null references client (id),
  held_on date not null,
  place text not null,
  heads integer not null,
  wishes text
);

create table dietary_note (
  id integer primary key,
  party_id integer not null references party (id) on delete cascade,
  who text not null,
  note text not null
);

create table menu_line (
  party_id integer not null references party (id) on delete cascade,
  line_no integer not null,
  dish text not null,
  portions integer not null,
  primary key (party_id, line_no)
);

create table invoice (
  number text not null primary key,
  client_id integer not null references client (id),
  party_id integer references party (id),
  issued_on date not null,
  bill_to text not null,
  amount_cents integer not null
);

insert into client (id, name, email, phone, street, city, since) values
  (1, 'Nora Quinn', 'nora.quinn@example.com', '+353 1 555 0142', '14 Ardilea Terrace', 'Dublin', '2025-06-11'),
  (2, 'Lorcan Heneghan', 'lorcan.heneghan@example.com', '+353 91 555 0180', '6 Sraid na nIascairí', 'Galway', '2021-04-19'),
  (3, 'Teresa Mannion', 'teresa.mannion@example.org', '+353 91 555 0183', '21 Ballard Heights', 'Barna', '2022-09-01'),
  (4, 'Deirdre Moloney', 'deirdre.moloney@example.net', '+353 1 555 0101', null, 'Dublin', '2019-02-27'),
  (5, 'Yusuf Karaca', 'yusuf.karaca@example.com', '+353 93 555 0122', '3 Abbey Mill Yard', 'Tuam', '2024-11-05');

insert into party (id, client_id, held_on, place, heads, wishes) values
  (1, 1, '2025-08-09', 'Ardilea Terrace, Dublin', 24, 'Fortieth birthday of my husband, a surprise. Nothing with shellfish in it, I mean it.'),
  (2, 2, '2026-05-02', 'Galway Rowing Pavilion', 60, null),
  (3, 3, '2026-07-18', 'Barna Parish Hall', 45, 'Soft food for Granny at the head of the table.'),
  (4, 4, '2026-09-18', 'Cascais', 70, 'Beach barbecue, wedding W-2607.'),
  (5, 5, '2026-10-30', 'Abbey Mill, Tuam', 18, 'Halal throughout, please.');

insert into dietary_note (id, party_id, who, note) values
  (1, 1, 'Nora Quinn', 'Shellfish: anaphylaxis.'),
  (2, 2, 'table 4', 'Two coeliacs.'),
  (3, 3, 'Granny', 'Soft food.'),
  (4, 4, 'J. Tavares', 'No mustard.'),
  (5, 5, 'all', 'Halal.');

insert into menu_line (party_id, line_no, dish, portions) values
  (1, 1, 'Beef cheek in stout', 16),
  (1, 2, 'Beetroot and goat''s cheese tart', 8),
  (2, 1, 'Smoked mackerel plate', 60),
  (3, 1, 'Roast chicken, bread stuffing', 40),
  (3, 2, 'Leek soup', 45),
  (4, 1, 'Sardines on the grill', 70),
  (5, 1, 'Lamb shank, apricots', 18),
  (5, 2, 'Aubergine, sesame', 6),
  (2, 2, 'Brown bread, gluten-free too', 60),
  (4, 2, 'Potatoes in the embers', 70);

insert into invoice (number, client_id, party_id, issued_on, bill_to, amount_cents) values
  ('25-031', 1, 1, '2025-08-11', 'Nora Quinn', 118800),
  ('26-014', 2, 2, '2026-05-04', 'Lorcan Heneghan', 246000),
  ('26-022', 3, 3, '2026-07-20', 'Teresa Mannion', 171000),
  ('26-035', 4, 4, '2026-09-21', 'Lá Geal, Dublin', 392000),
  ('26-041', 5, 5, '2026-11-02', 'Yusuf Karaca', 81000);
