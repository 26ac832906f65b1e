-- Lá Geal, destination weddings, Dublin: its main database (tenant `dublin`, system `weddings`). Nobody in it
-- lives: addresses are at example.com, .net and .org, telephone numbers from ranges kept for fiction or with 555.
create table address (
  id integer primary key,
  street text,
  city text,
  postal_code text,
  country text
);

create table employee (
  id integer primary key,
  name text not null,
  email text not null unique,
  phone text,
  address_id integer references address (id),
  manager_id integer references employee (id) on delete set null,
  job_title text,
  hired_on date,
  salary_eur integer,
  hr_note text
);

create table customer (
  id integer primary key,
  customer_no text not null unique,
  name text not null,
  email text not null unique,
  phone text,
  address_id integer references address (id),
  language text,
  joined_on date not null,
  internal_note text
);

create table wedding (
  code text not null primary key,
  customer_id integer not null references customer (id),
  planner_id integer references employee (id) on delete set null,
  title text not null,
  held_on date not null,
  venue text not null,
  place text not null,
  country text not null,
  wishes text
);

create table guest (
  id integer primary key,
  wedding_code text not null references wedding (code),
  name text not null,
  email text,
  phone text,
  address_id integer references address (id),
  plus_one_of integer references guest (id) on delete set null,
  rsvp text,
  rsvp_note text,
  answered_at timestamp
);

create index guest_email on guest (email);

create table guest_allergy (
  id integer primary key,
  guest_id integer not null references guest (id) on delete cascade,
  food text not null,
  severity text not null,
  note text
);

create table vendor (
  id integer primary key,
  company text not null,
  service text not null,
  city text not null,
  contact_name text not null,
  email text unique,
  phone text
);

create table activity (
  code text not null primary key,
  wedding_code text not null references wedding (code),
  vendor_id integer references vendor (id),
  title text not null,
  starts_at timestamp not null
);

create table guest_activity (
  guest_id integer not null references guest (id) on delete cascade,
  activity_code text not null references activity (code),
  booked_at timestamp not null,
  remark text,
  primary key (guest_id, activity_code)
);

create table guest_book (
  id integer primary key,
  wedding_code text not null references wedding (code),
  guest_id integer not null references guest (id),
  written_at timestamp not null,
  entry text not null
);

create table invoice (
  number text not null primary key,
  wedding_code text not null references wedding (code),
  customer_id integer not null references customer (id),
  issued_on date not null,
  paid_on date,
  bill_to text not null,
  bill_address text not null,
  amount_cents integer not null,
  vat_cents integer not null
);

create table mailing_list (
  id integer primary key,
  email text not null unique,
  name text,
  source text not null,
  joined_on date not null
);

create table access_audit (
  id integer primary key,
  at timestamp not null,
  employee_id integer not null references employee (id),
  action text not null,
  subject_email text
);

insert into address (id, street, city, postal_code, country) values
  (1, '14 Ardilea Terrace', 'Rathmines, Dublin', 'D06 QZ42', 'Ireland'),
  (2, '3 Hollybank Mews', 'Drumcondra, Dublin', 'D09 ZB17', 'Ireland'),
  (3, '27 Linnet Row', 'Bath', 'BA1 0ZZ', 'United Kingdom'),
  (4, '8 Bóthar na Sceiche', 'Salthill, Galway', 'H91 ZQ08', 'Ireland'),
  (5, 'Rönngatan 11', 'Uppsala', '753 00', 'Sweden'),
  (6, '42 montée des Glycines', 'Lyon', '69005', 'France'),
  (7, '5 Blackrock Slip', 'Cork', 'T12 SZ63', 'Ireland'),
  (8, 'Ahornzeile 19', 'Berlin', '12167', 'Germany'),
  (9, '61 Cloonbeg Park', 'Swords, Co. Dublin', 'K67 ZU90', 'Ireland'),
  (10, '2 The Maltings', 'Smithfield, Dublin', 'D07 ZM31', 'Ireland'),
  (11, '19 Kilnamanagh Rise', 'Bray, Co. Wicklow', 'A98 QU55', 'Ireland'),
  (12, '7 Foyle Cottages', 'Stoneybatter, Dublin', 'D07 ZS20', 'Ireland'),
  (13, '30 Rua do Poço Velho', 'Cascais', '2750-000', 'Portugal'),
  (14, 'An Cuaisín', 'Ventry, Co. Kerry', 'V92 ZO14', 'Ireland'),
  (15, '11 Teeling Street Upper', 'Sligo', 'F91 UZ76', 'Ireland'),
  (16, 'Zuiderwal 88', 'Deventer', '7411 ZZ', 'Netherlands'),
  (17, '9 Fergus View', 'Ennis, Co. Clare', 'V95 QB29', 'Ireland'),
  (18, 'Via dei Limoni 6', 'Salerno', '84121', 'Italy'),
  (19, '4 Rosshill Lane', 'Galway', 'H91 UZ33', 'Ireland'),
  (20, 'Skolbacken 3', 'Västerås', '722 00', 'Sweden'),
  (21, '15 rue du Puits-Gaillot Vert', 'Grenoble', '38000', 'France'),
  (22, 'Largo da Fonte 21', 'Oeiras', '2780-000', 'Portugal'),
  (23, 'Drosselstieg 40', 'Hamburg', '22305', 'Germany');

insert into employee (id, name, email, phone, address_id, manager_id, job_title, hired_on, salary_eur, hr_note) values
  (1, 'Deirdre Moloney', 'deirdre.moloney@example.net', '+353 1 555 0101', 9, null, 'Managing director', '2014-02-03', 98000, null),
  (2, 'Ruairí Tuohy', 'ruairi.tuohy@example.net', '+353 1 555 0102', 10, 1, 'Head of planning', '2016-05-16', 67500, 'Wants to move to four days after the summer season.'),
  (3, 'Anna Szymańska', 'anna.szymanska@example.net', '+353 1 555 0104', 11, 2, 'Wedding planner', '2019-09-02', 51200, null),
  (4, 'Fiachra Devane', 'fiachra.devane@example.net', '+353 1 555 0105', 12, 2, 'Wedding planner', '2021-01-11', 47800, 'Back injury in 2023: no lifting.'),
  (5, 'Beatriz Antunes', 'beatriz.antunes@example.net', '+351 21 555 0133', 13, 2, 'Wedding planner, Portugal and Italy', '2022-03-07', 46500, null),
  (6, 'Maeve Lanigan', 'maeve.lanigan@example.net', '+353 1 555 0106', 12, 1, 'Finance', '2017-11-20', 55000, null);

insert into customer (id, customer_no, name, email, phone, address_id, language, joined_on, internal_note) values
  (1, 'C-1007', 'Clara Keane', 'clara.keane@example.com', '+353 1 555 0113', 2, 'en', '2022-10-04', null),
  (2, 'C-1012', 'Nora Quinn', 'nora.quinn@example.com', '+353 1 555 0142', 1, 'en', '2023-06-19', 'Haggles over every line. Never quote a price on the phone.'),
  (3, 'C-1015', 'Emily Whitcombe', 'emily.whitcombe@example.org', '+44 1632 960117', 3, 'en', '2023-11-02', 'Her father pays; send reminders to her all the same.'),
  (4, 'C-1019', 'Saoirse Brennan', 'Saoirse.Brennan@example.com', '+353 91 555 0126', 4, 'ga', '2024-08-27', null),
  (5, 'C-1023', 'Jonas Lindqvist', 'jonas.lindqvist@example.net', '+46 8 465 004 21', 5, 'sv', '2024-10-15', null),
  (6, 'C-1026', 'Amélie Rousseau', 'amelie.rousseau@example.org', '+33 1 99 00 12 48', 6, 'fr', '2025-03-30', 'Vegan menu for all, the mother does not know yet.'),
  (7, 'C-1028', 'Pádraig Mac Giolla', 'padraig.macgiolla@example.com', '+353 21 555 0151', 7, 'ga', '2025-07-08', null),
  (8, 'C-1031', 'Katharina Vogel', 'katharina.vogel@example.net', '+49 30 23125 117', 8, 'de', '2026-01-21', null);

insert into wedding (code, customer_id, planner_id, title, held_on, venue, place, country, wishes) values
  ('W-2309', 1, 5, 'Clara & Matteo', '2023-09-16', 'Villa Aranci', 'Ravello', 'Italy', 'Lemons on every table, no speeches after ten.'),
  ('W-2404', 2, 5, 'Nora & Cormac', '2024-05-18', 'Quinta da Ribeira Alta', 'Sintra', 'Portugal', 'A harpist for the vows, a step-free way to the garden for Brigid, and absolutely no doves.'),
  ('W-2408', 3, 3, 'Emily & Rupert', '2024-08-24', 'Dromroe House', 'Kenmare, Co. Kerry', 'Ireland', 'Hurling on the lawn for the English side.'),
  ('W-2505', 4, 4, 'Saoirse & Luca', '2025-09-06', 'Vila Jezernica', 'Bled', 'Slovenia', 'Arrival by boat; vows in Irish and Italian.'),
  ('W-2506', 5, 3, 'Jonas & Ailbhe', '2025-10-11', 'Carraig Lodge', 'Doolin, Co. Clare', 'Ireland', 'A céilí till two, and a sauna tent.'),
  ('W-2603', 6, 4, 'Amélie & Bastien', '2026-06-13', 'Cnoc Rua', 'Dingle, Co. Kerry', 'Ireland', 'Everything vegan, cheese for the weak.'),
  ('W-2607', 7, 5, 'Pádraig & Inês', '2026-09-19', 'Casa do Farol Velho', 'Cascais', 'Portugal', 'Barbecue on the beach if the wind lets us.'),
  ('W-2701', 8, 3, 'Katharina & Felix', '2027-05-08', 'Tigh na Mara', 'Roundstone, Co. Galway', 'Ireland', 'Ponies. At least two.');

insert into guest (id, wedding_code, name, email, phone, address_id, plus_one_of, rsvp, rsvp_note, answered_at) values
  (1, 'W-2309', 'Hugh Keane', 'hugh.keane@example.com', '+353 1 555 0114', 2, null, 'yes', 'Will bring the fiddle.', '2023-04-02 18:20:00'),
  (2, 'W-2309', 'Orla Fitzmaurice', 'orla.fitz@example.org', '+353 87 555 0160', null, null, 'yes', null, '2023-04-05 09:01:00'),
  (3, 'W-2309', 'Giulia Bianchi', 'giulia.bianchi@example.net', '+39 089 555 0147', 18, null, 'yes', 'Room near the lift, please.', '2023-05-11 21:47:00'),
  (4, 'W-2309', 'Peter Vance', 'p.vance@example.org', '+1 212 555 0186', null, null, 'no', 'Cannot leave the farm in September. Sláinte from afar!', '2023-06-30 03:12:00'),
  (5, 'W-2404', 'Tomás Ó Briain', 'tomas.obriain@example.com', '+353 66 555 0128', 14, null, 'yes', 'Only if I may sleep near the sea. How far is Sintra from the sea?', '2024-01-14 22:05:00'),
  (6, 'W-2404', 'Eimear Quinn', 'eimear.quinn@example.com', '+353 71 555 0109', 15, null, 'yes', 'Bridesmaid reporting for duty.', '2024-01-08 12:30:00'),
  (7, 'W-2404', 'Seán Healy', 'sean.healy@example.com', '+353 1 555 0188', null, null, 'yes', null, '2024-01-20 08:15:00'),
  (8, 'W-2404', 'Brigid Healy', null, '+353 1 555 0187', null, 7, 'yes', 'Travels with Seán, needs a ramp.', '2024-01-20 08:16:00'),
  (9, 'W-2404', 'Hanneke de Wit', 'hanneke.dewit@example.org', '+31 20 555 0172', 16, null, 'yes', null, '2024-02-01 10:44:00'),
  (10, 'W-2408', 'Imogen Clarke', 'imogen.clarke@example.org', '+44 1632 960142', null, null, 'yes', 'Arriving on the Thursday.', '2024-03-19 16:00:00'),
  (11, 'W-2408', 'Nora Quinn', 'n.quinn@example.net', '+353 65 555 0119', 17, null, 'yes', 'I come with the band, do I count as a guest?', '2024-04-02 11:11:00'),
  (12, 'W-2408', 'Desmond Okafor', 'des.okafor@example.com', '+44 7700 900142', null, null, 'maybe', 'Depends on the rota at the hospital.', '2024-04-22 23:38:00'),
  (13, 'W-2505', 'Nora Quinn', 'Nora.Quinn@Example.com', '+353 (1) 555-0142', 1, null, 'yes', 'Cormac will only dance if there is a walk the day before.', '2025-02-17 20:02:00'),
  (14, 'W-2505', 'Cormac Healy', 'cormac.healy@example.com', '00353 1 555 0142', 1, 13, 'yes', null, '2025-02-17 20:04:00'),
  (15, 'W-2505', 'Tomás Ó Briain', 'tomas.obriain@example.com', '+353 66 555 0128', 14, null, 'yes', 'By train from Trieste, so late on Friday.', '2025-03-01 07:55:00'),
  (16, 'W-2505', 'Marta Ferrante', 'marta.ferrante@example.net', '+39 040 555 0190', null, null, 'yes', null, '2025-03-04 13:20:00'),
  (17, 'W-2505', 'Davide Ferrante', null, null, null, 16, 'yes', 'Eight years old; wants to carry the rings.', '2025-03-04 13:22:00'),
  (18, 'W-2505', 'Róisín Brennan', 'roisin.brennan@example.com', '+353 91 555 0127', 19, null, 'yes', null, '2025-02-20 17:41:00'),
  (19, 'W-2505', 'Hanneke de Wit', 'hanneke.dewit@example.org', '+31 20 555 0172', 16, null, 'yes', 'Same room as in Sintra, if Bled has one.', '2025-03-10 09:09:00'),
  (20, 'W-2505', 'Conall Duffy', 'conall.duffy@example.com', '+353 74 555 0135', null, null, 'no', 'Lambing.', '2025-04-01 05:30:00'),
  (21, 'W-2506', 'Astrid Lindqvist', 'astrid.lindqvist@example.net', '+46 8 465 004 22', 20, null, 'yes', null, '2025-05-06 14:00:00'),
  (22, 'W-2506', 'Nuala Considine', 'nuala.considine@example.com', '+353 65 555 0170', null, null, 'yes', 'I know the owner of Carraig Lodge; leave the wine to me.', '2025-05-09 19:26:00'),
  (23, 'W-2506', 'Conall Duffy', 'conall.duffy@example.com', '+353 74 555 0135', null, null, 'yes', 'No lambs in October.', '2025-05-12 05:31:00'),
  (24, 'W-2603', 'Lucie Rousseau', 'lucie.rousseau@example.org', '+33 1 99 00 12 49', 6, null, 'yes', null, '2025-12-03 18:08:00'),
  (25, 'W-2603', 'Théo Marchand', 'theo.marchand@example.org', '+33 6 39 98 10 27', 21, null, 'yes', 'Will there be surf?', '2025-12-15 22:22:00'),
  (26, 'W-2603', 'Claire Marchand', 'claire.marchand@example.org', null, 21, 25, 'yes', null, '2025-12-15 22:24:00'),
  (27, 'W-2603', 'Clara Keane', 'clara.keane@example.com', '+353 1 555 0113', 2, null, 'yes', 'Your planner is a treasure, tell her I said so.', '2026-01-02 10:10:00'),
  (28, 'W-2607', 'Gráinne Mac Giolla', 'grainne.macgiolla@example.com', '+353 21 555 0152', null, null, 'yes', null, '2026-04-11 12:12:00'),
  (29, 'W-2607', 'Rui Tavares', 'rui.tavares@example.net', '+351 21 555 0164', 22, null, 'yes', 'We bring our own bread.', '2026-04-13 20:40:00'),
  (30, 'W-2607', 'Joana Tavares', 'joana.tavares@example.net', null, 22, 29, 'yes', null, '2026-04-13 20:41:00'),
  (31, 'W-2607', 'Emily Whitcombe', 'emily.whitcombe@example.org', '+44 1632 960117', 3, null, 'maybe', 'Baby due in August!', '2026-05-01 15:15:00'),
  (32, 'W-2701', 'Greta Albrecht', 'greta.albrecht@example.net', '+49 30 23125 140', 23, null, null, null, null),
  (33, 'W-2701', 'Saoirse Brennan', 'saoirse.brennan@example.com', '+353 91 555 0126', 4, null, 'yes', 'Luca too, he answers nothing himself.', '2026-11-02 21:00:00'),
  (34, 'W-2701', 'Imogen Clarke', 'imogen.clarke@example.org', '+44 1632 960142', null, null, null, null, null);

insert into guest_allergy (id, guest_id, food, severity, note) values
  (1, 2, 'gluten', 'severe', 'Coeliac. Separate toaster, please.'),
  (2, 3, 'strawberries', 'mild', null),
  (3, 5, 'walnuts', 'severe', 'Carries an EpiPen in the left pocket of his jacket.'),
  (4, 5, 'raw tomato', 'mild', 'A rash, nothing worse. Cooked is fine.'),
  (5, 9, 'lactose', 'mild', null),
  (6, 10, 'peanuts', 'severe', 'Airborne too.'),
  (7, 12, 'sesame', 'mild', null),
  (8, 13, 'shellfish', 'anaphylaxis', 'Hospital in 2022. The kitchen must ring her before the menu is printed.'),
  (9, 15, 'walnuts', 'severe', 'As in Sintra. Potica is full of them: he must be warned.'),
  (10, 17, 'egg', 'mild', 'Growing out of it, says his mother.'),
  (11, 22, 'sulphites', 'mild', 'Says the wine expert.'),
  (12, 24, 'soya', 'mild', null),
  (13, 26, 'kiwi', 'severe', null),
  (14, 30, 'mustard', 'mild', null),
  (15, 31, 'raw fish', 'avoids', 'Until the baby is here.'),
  (16, 23, 'oats', 'mild', 'Odd for a farmer, he says so himself.');

insert into vendor (id, company, service, city, contact_name, email, phone) values
  (1, 'Bláth Beag Florists', 'flowers', 'Galway', 'Sinéad Kilbane', 'sinead.kilbane@example.org', '+353 91 555 0171'),
  (2, 'Corrib Table Catering', 'catering', 'Galway', 'Eoghan Faherty', 'eoghan.faherty@example.org', '+353 91 555 0174'),
  (3, 'The Slow Airs', 'music', 'Ennis', 'Colm Heffernan', 'colm.heffernan@example.org', '+353 65 555 0111'),
  (4, 'Fotografia Lume', 'photographs', 'Lisbon', 'Filipa Carvalho', 'filipa.carvalho@example.org', '+351 21 555 0158'),
  (5, 'Bled Pletna Boats', 'boats', 'Bled', 'Matjaž Kovač', 'matjaz.kovac@example.org', '+386 4 555 0162');

insert into activity (code, wedding_code, vendor_id, title, starts_at) values
  ('ravello-lemon-walk', 'W-2309', null, 'Walk through the lemon terraces', '2023-09-15 09:00:00'),
  ('ravello-evening-band', 'W-2309', 3, 'Sessiún with The Slow Airs', '2023-09-15 20:30:00'),
  ('sintra-palace-tour', 'W-2404', null, 'Palace tour on foot', '2024-05-17 10:00:00'),
  ('sintra-tile-workshop', 'W-2404', null, 'Tile painting', '2024-05-17 15:00:00'),
  ('sintra-photo-walk', 'W-2404', 4, 'Photo walk at Cabo da Roca', '2024-05-19 17:30:00'),
  ('kenmare-hurling', 'W-2408', null, 'Hurling for beginners', '2024-08-23 14:00:00'),
  ('kenmare-seal-boat', 'W-2408', null, 'Boat to the seals', '2024-08-25 11:00:00'),
  ('bled-island-boat', 'W-2505', 5, 'Pletna to the island', '2025-09-05 16:00:00'),
  ('bled-vintgar-hike', 'W-2505', null, 'Hike through the gorge', '2025-09-05 09:00:00'),
  ('bled-cake-class', 'W-2505', null, 'Cream cake class', '2025-09-07 11:00:00'),
  ('doolin-sauna', 'W-2506', null, 'Sauna tent at the pier', '2025-10-10 18:00:00'),
  ('doolin-cave', 'W-2506', null, 'Stalactite cave', '2025-10-12 10:30:00'),
  ('dingle-flower-crowns', 'W-2603', 1, 'Flower crowns', '2026-06-12 15:00:00'),
  ('dingle-surf', 'W-2603', null, 'Surfing at Inch', '2026-06-14 12:00:00'),
  ('cascais-beach-bbq', 'W-2607', 2, 'Barbecue on the beach', '2026-09-18 18:00:00'),
  ('roundstone-ponies', 'W-2701', null, 'Pony ride on Gurteen strand', '2027-05-07 14:00:00');

insert into guest_activity (guest_id, activity_code, booked_at, remark) values
  (1, 'ravello-evening-band', '2023-08-01 19:00:00', 'Playing along.'),
  (2, 'ravello-lemon-walk', '2023-08-02 08:12:00', null),
  (2, 'ravello-evening-band', '2023-08-02 08:13:00', null),
  (3, 'ravello-lemon-walk', '2023-08-09 22:01:00', 'With a slow walker.'),
  (5, 'sintra-palace-tour', '2024-04-10 21:15:00', null),
  (5, 'sintra-photo-walk', '2024-04-10 21:17:00', 'I have no camera, only opinions.'),
  (6, 'sintra-tile-workshop', '2024-04-03 13:05:00', null),
  (6, 'sintra-palace-tour', '2024-04-03 13:06:00', null),
  (7, 'sintra-palace-tour', '2024-04-06 09:50:00', null),
  (8, 'sintra-tile-workshop', '2024-04-06 09:52:00', 'A chair with a back, please.'),
  (9, 'sintra-photo-walk', '2024-04-12 11:30:00', null),
  (10, 'kenmare-seal-boat', '2024-07-20 16:45:00', null),
  (11, 'kenmare-hurling', '2024-07-21 10:20:00', 'Has her own stick.'),
  (12, 'kenmare-hurling', '2024-08-01 23:59:00', null),
  (13, 'bled-vintgar-hike', '2025-07-28 20:31:00', 'Slow group; my knee is two years older than in Sintra.'),
  (13, 'bled-island-boat', '2025-07-28 20:32:00', null),
  (13, 'bled-cake-class', '2025-07-28 20:33:00', 'Only watching if there is shellfish in the kitchen.'),
  (14, 'bled-vintgar-hike', '2025-07-28 20:36:00', 'With Nora.'),
  (15, 'bled-island-boat', '2025-08-03 06:40:00', 'Happy to row.'),
  (15, 'bled-cake-class', '2025-08-03 06:41:00', 'Walnut-free corner, please.'),
  (16, 'bled-island-boat', '2025-08-05 12:12:00', null),
  (17, 'bled-cake-class', '2025-08-05 12:13:00', 'Needs a stool.'),
  (18, 'bled-vintgar-hike', '2025-08-06 17:00:00', null),
  (19, 'bled-island-boat', '2025-08-07 09:30:00', null),
  (21, 'doolin-sauna', '2025-09-14 15:00:00', null),
  (21, 'doolin-cave', '2025-09-14 15:02:00', null),
  (22, 'doolin-cave', '2025-09-15 19:00:00', 'For the tenth time.'),
  (23, 'doolin-sauna', '2025-09-16 05:32:00', null),
  (24, 'dingle-flower-crowns', '2026-05-02 18:00:00', null),
  (25, 'dingle-surf', '2026-05-04 22:10:00', 'Own board.'),
  (26, 'dingle-flower-crowns', '2026-05-04 22:12:00', null),
  (27, 'dingle-flower-crowns', '2026-05-10 10:00:00', null),
  (28, 'cascais-beach-bbq', '2026-08-15 12:00:00', null),
  (29, 'cascais-beach-bbq', '2026-08-16 20:00:00', null),
  (30, 'cascais-beach-bbq', '2026-08-16 20:01:00', 'No mustard near me.'),
  (10, 'kenmare-hurling', '2024-07-20 16:46:00', null),
  (12, 'kenmare-seal-boat', '2024-08-02 00:01:00', 'Only if the rota lets me.'),
  (16, 'bled-cake-class', '2025-08-05 12:14:00', null),
  (18, 'bled-island-boat', '2025-08-06 17:02:00', null),
  (22, 'doolin-sauna', '2025-09-15 19:01:00', 'Watching from the pier.'),
  (25, 'dingle-flower-crowns', '2026-05-04 22:11:00', null),
  (33, 'roundstone-ponies', '2026-11-02 21:03:00', 'Luca is afraid of horses. Book him in.');

insert into guest_book (id, wedding_code, guest_id, written_at, entry) values
  (1, 'W-2309', 1, '2023-09-17 01:12:00', 'To my little sister Clara: you were right about the lemons.'),
  (2, 'W-2309', 2, '2023-09-17 01:40:00', 'Hugh Keane played till the neighbours sang along. Ask Giulia, she conducted.'),
  (3, 'W-2309', 3, '2023-09-17 11:05:00', 'Orla, I found your shoe. It was in the fountain.'),
  (4, 'W-2404', 5, '2024-05-18 23:48:00', 'Nora, you said no doves, so I brought none. Cormac, mind her well: she cries at lighthouses.' || char(10) || 'Go n-éirí an bóthar libh!' || char(10) || 'Tomás'),
  (5, 'W-2404', 6, '2024-05-19 00:31:00', 'My sister Nora Quinn, a Healy by love only. I have photographs of 2009 and a price list.'),
  (6, 'W-2404', 7, '2024-05-19 00:52:00', 'Cormac, the ring was in my left shoe the whole time. Sorry for the sweat. Seán'),
  (7, 'W-2404', 9, '2024-05-19 09:15:00', 'Tomás Ó Briain explained the whole palace to us and then admitted that he had made it up.'),
  (8, 'W-2408', 10, '2024-08-25 00:20:00', 'Emily, Rupert: I have never been hit by so friendly a stick.'),
  (9, 'W-2408', 11, '2024-08-25 02:02:00', 'Three sets, two encores, one bride on the bodhrán. Thank you for having the band! Nora Q. of The Slow Airs'),
  (10, 'W-2505', 13, '2025-09-06 23:10:00', 'Saoirse & Luca 💐 you glowed all day. Cormac cried first, I have witnesses (Tomás!). Maith sibh! 👩‍❤️‍👨🇸🇮🇮🇪'),
  (11, 'W-2505', 13, '2025-09-06 23:14:00', '<script>alert("A kiss from Nora to Saoirse & Luca")</script> <b>Did I break the guest book?</b> Cormac bet me a tenner that I would not try.'),
  (12, 'W-2505', 13, '2025-09-07 01:33:00', 'Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaahhhhhhhhhhhhhhhhhhhhhhhhhhh!'),
  (13, 'W-2505', 14, '2025-09-06 23:20:00', 'Nora owes me a tenner. Also: I danced, ask Róisín.'),
  (14, 'W-2505', 15, '2025-09-06 23:41:00', 'Cormac Healy did cry first, Nora speaks the truth for once. The potica tried to kill me, Marta saved me with a biscuit. Best wedding since Sintra.'),
  (15, 'W-2505', 15, '2025-09-07 10:02:00', 'PS: whoever has my jacket with the EpiPen in it, room 12, please. T. Ó B.'),
  (16, 'W-2505', 16, '2025-09-07 00:05:00', 'Benvenuta Saoirse! Davide says that he will marry Róisín when he is ten.'),
  (17, 'W-2505', 18, '2025-09-07 00:40:00', 'Confirmed: Cormac danced. Nora Quinn filmed it, I have the file, make me an offer.'),
  (18, 'W-2505', 19, '2025-09-07 09:50:00', 'Tomás, Nora, Cormac: same table next year, whoever marries.'),
  (19, 'W-2506', 21, '2025-10-12 03:00:00', 'Skål! Jonas has learnt to dance and it only took Ireland.'),
  (20, 'W-2506', 22, '2025-10-12 03:20:00', 'Ailbhe a stór, the wine was all right in the end. Conall carried me home.'),
  (21, 'W-2506', 23, '2025-10-12 05:30:00', 'I did. She sang.'),
  (22, 'W-2603', 24, '2026-06-14 00:10:00', 'Ma petite sœur, tu étais belle, et même le fromage était vegan. Presque.'),
  (23, 'W-2603', 27, '2026-06-14 00:50:00', 'Amélie, I told you they would manage the rain. Théo still smells of the sea.'),
  (24, 'W-2607', 29, '2026-09-20 01:15:00', 'Pádraig, agora és da família. The bread was ours, the wind was yours.'),
  (25, 'W-2603', 25, '2026-06-14 01:20:00', 'Bastien, frérot: la mer, la pluie, et toi en cravate. Merci à Fiachra pour le parapluie.'),
  (26, 'W-2603', 26, '2026-06-14 01:25:00', 'Clara Keane makes the best flower crown in two countries.'),
  (27, 'W-2607', 28, '2026-09-20 02:40:00', 'A Phádraig, a chroí: that was the windiest barbecue of my life. Rui saved the bread, Joana saved Rui.'),
  (28, 'W-2408', 12, '2024-08-25 09:30:00', 'The rota let me. Imogen, your aim is a public danger.');

insert into invoice (number, wedding_code, customer_id, issued_on, paid_on, bill_to, bill_address, amount_cents, vat_cents) values
  ('INV-2023-011', 'W-2309', 1, '2023-01-16', '2023-01-30', 'Clara Keane', '3 Hollybank Mews, Drumcondra, Dublin', 620000, 115935),
  ('INV-2023-058', 'W-2309', 1, '2023-09-29', '2023-10-12', 'Clara Keane', '3 Hollybank Mews, Drumcondra, Dublin', 1485000, 277683),
  ('INV-2023-071', 'W-2404', 2, '2023-11-06', '2023-12-01', 'Nora Quinn', '14 Ardilea Terrace, Rathmines, Dublin', 580000, 108455),
  ('INV-2024-039', 'W-2404', 2, '2024-06-03', '2024-07-18', 'Nora Quinn', '14 Ardilea Terrace, Rathmines, Dublin', 1624050, 303684),
  ('INV-2024-014', 'W-2408', 3, '2024-02-19', '2024-02-20', 'Emily Whitcombe', '27 Linnet Row, Bath', 700000, 130894),
  ('INV-2024-061', 'W-2408', 3, '2024-09-09', '2024-09-30', 'Emily Whitcombe', '27 Linnet Row, Bath', 2110000, 394553),
  ('INV-2025-006', 'W-2505', 4, '2025-01-20', '2025-02-03', 'Saoirse Brennan', '8 Bóthar na Sceiche, Salthill, Galway', 540000, 100976),
  ('INV-2025-067', 'W-2505', 4, '2025-09-22', '2025-10-20', 'Saoirse Brennan', '8 Bóthar na Sceiche, Salthill, Galway', 1790000, 334715),
  ('INV-2025-019', 'W-2506', 5, '2025-03-03', '2025-03-05', 'Jonas Lindqvist', 'Rönngatan 11, Uppsala', 450000, 84146),
  ('INV-2025-079', 'W-2506', 5, '2025-10-27', '2025-10-28', 'Jonas Lindqvist', 'Rönngatan 11, Uppsala', 1265000, 236545),
  ('INV-2025-083', 'W-2603', 6, '2025-11-10', '2025-11-24', 'Amélie Rousseau', '42 montée des Glycines, Lyon', 600000, 112195),
  ('INV-2026-044', 'W-2603', 6, '2026-06-29', '2026-07-31', 'Amélie Rousseau', '42 montée des Glycines, Lyon', 1555000, 290772),
  ('INV-2026-009', 'W-2607', 7, '2026-02-16', '2026-03-02', 'Pádraig Mac Giolla', '5 Blackrock Slip, Cork', 500000, 93496),
  ('INV-2026-063', 'W-2607', 7, '2026-10-05', null, 'Pádraig Mac Giolla', '5 Blackrock Slip, Cork', 1430000, 267398),
  ('INV-2026-058', 'W-2701', 8, '2026-09-14', '2026-09-15', 'Katharina Vogel', 'Ahornzeile 19, Berlin', 650000, 121545);

insert into mailing_list (id, email, name, source, joined_on) values
  (1, 'clara.keane@example.com', 'Clara Keane', 'contract', '2022-10-04'),
  (2, 'orla.fitz@example.org', 'Orla Fitzmaurice', 'rsvp', '2023-04-05'),
  (3, 'giulia.bianchi@example.net', 'Giulia Bianchi', 'rsvp', '2023-05-11'),
  (4, 'Nora.Quinn@example.com', 'Nora Quinn', 'contract', '2023-06-19'),
  (5, 'emily.whitcombe@example.org', 'Emily Whitcombe', 'contract', '2023-11-02'),
  (6, 'eimear.quinn@example.com', 'Eimear Quinn', 'rsvp', '2024-01-08'),
  (7, 'tomas.obriain@example.com', 'Tomás Ó Briain', 'rsvp', '2024-01-14'),
  (8, 'n.quinn@example.net', 'Nora Quinn', 'fair in Ennis', '2024-03-09'),
  (9, 'des.okafor@example.com', null, 'rsvp', '2024-04-22'),
  (10, 'saoirse.brennan@example.com', 'Saoirse Brennan', 'contract', '2024-08-27'),
  (11, 'roisin.brennan@example.com', 'Róisín Brennan', 'rsvp', '2025-02-20'),
  (12, 'marta.ferrante@example.net', 'Marta Ferrante', 'rsvp', '2025-03-04'),
  (13, 'nuala.considine@example.com', 'Nuala Considine', 'rsvp', '2025-05-09'),
  (14, 'theo.marchand@example.org', 'Théo Marchand', 'rsvp', '2025-12-15'),
  (15, 'padraig.macgiolla@example.com', 'Pádraig Mac Giolla', 'contract', '2025-07-08'),
  (16, 'katharina.vogel@example.net', 'Katharina Vogel', 'contract', '2026-01-21'),
  (17, 'imogen.clarke@example.org', 'Imogen Clarke', 'rsvp', '2024-03-19'),
  (18, 'conall.duffy@example.com', 'Conall Duffy', 'rsvp', '2025-05-12'),
  (19, 'lucie.rousseau@example.org', null, 'rsvp', '2025-12-03'),
  (20, 'rui.tavares@example.net', 'Rui Tavares', 'rsvp', '2026-04-13');

insert into access_audit (id, at, employee_id, action, subject_email) values
  (1, '2023-06-19 10:14:00', 5, 'opened customer', 'nora.quinn@example.com'),
  (2, '2023-11-06 09:31:00', 6, 'issued invoice', 'nora.quinn@example.com'),
  (3, '2024-03-11 16:20:00', 5, 'exported guest list', null),
  (4, '2024-05-02 08:45:00', 5, 'opened allergies', 'tomas.obriain@example.com'),
  (5, '2024-06-03 11:02:00', 6, 'issued invoice', 'nora.quinn@example.com'),
  (6, '2024-08-12 14:00:00', 3, 'opened allergies', 'imogen.clarke@example.org'),
  (7, '2025-01-20 09:05:00', 6, 'issued invoice', 'saoirse.brennan@example.com'),
  (8, '2025-08-25 15:31:00', 4, 'opened allergies', 'nora.quinn@example.com'),
  (9, '2025-08-25 15:33:00', 4, 'opened allergies', 'tomas.obriain@example.com'),
  (10, '2025-08-25 15:34:00', 4, 'exported guest list', null),
  (11, '2025-10-27 10:00:00', 6, 'issued invoice', 'jonas.lindqvist@example.net'),
  (12, '2026-02-16 09:20:00', 6, 'issued invoice', 'padraig.macgiolla@example.com'),
  (13, '2026-05-28 13:13:00', 4, 'opened allergies', 'claire.marchand@example.org'),
  (14, '2026-06-29 16:40:00', 6, 'issued invoice', 'amelie.rousseau@example.org'),
  (15, '2026-10-05 09:00:00', 6, 'issued invoice', 'padraig.macgiolla@example.com'),
  (16, '2026-11-03 08:15:00', 3, 'opened customer', 'katharina.vogel@example.net'),
  (17, '2026-11-03 08:21:00', 3, 'changed wishes', 'katharina.vogel@example.net'),
  (18, '2026-11-04 17:10:00', 4, 'exported guest list', null),
  (19, '2026-11-09 10:02:00', 6, 'opened invoice', 'padraig.macgiolla@example.com'),
  (20, '2026-11-16 09:00:00', 1, 'opened payroll', null);
