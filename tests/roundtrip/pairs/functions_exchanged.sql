-- before
CREATE FUNCTION valid(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''''';
CREATE FUNCTION may(id int) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
CREATE DOMAIN word AS text CHECK (valid(VALUE));
CREATE TABLE notes (id int, body text DEFAULT 'x' CHECK (valid(body)), other boolean DEFAULT valid('x'));
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON notes USING (may(id));
CREATE VIEW good AS SELECT id FROM notes WHERE valid(body);
-- after
CREATE FUNCTION valid(input text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''''';
CREATE FUNCTION may(id int, how text DEFAULT 'all') RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
CREATE DOMAIN word AS text CHECK (valid(VALUE));
CREATE TABLE notes (id int, body text DEFAULT 'x' CHECK (valid(body)), other boolean DEFAULT valid('x'));
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON notes USING (may(id));
CREATE VIEW good AS SELECT id FROM notes WHERE valid(body);
