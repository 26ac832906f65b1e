-- A company's database to look for people in: run by psql when PostgreSQL makes its folder.
create database catering;
\connect catering
\include /sample/galway.sql
