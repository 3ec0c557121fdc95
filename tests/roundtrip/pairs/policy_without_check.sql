-- before
CREATE TABLE notes (id int);
CREATE POLICY p ON notes USING (id > 0) WITH CHECK (id > 0);
-- after
CREATE TABLE notes (id int);
CREATE POLICY p ON notes USING (id > 0);
