-- before
-- after
CREATE TABLE entry (id int, label text);
CREATE FUNCTION shown(entry) RETURNS text LANGUAGE sql AS 'SELECT ($1).label';
CREATE TABLE history (id int, was entry);
CREATE VIEW lines AS SELECT shown(l) AS shown FROM entry l;
