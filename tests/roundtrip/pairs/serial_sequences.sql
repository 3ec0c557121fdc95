-- before
CREATE TABLE kept (id serial);
CREATE SEQUENCE numbers;
CREATE TABLE lent (id int DEFAULT nextval('numbers'));
CREATE TABLE plain (id serial, n int);
COMMENT ON SEQUENCE plain_id_seq IS 'counts';
-- after
CREATE SEQUENCE kept_id_seq;
CREATE TABLE kept (id int NOT NULL DEFAULT nextval('kept_id_seq'));
CREATE SEQUENCE numbers;
CREATE TABLE lent (id int NOT NULL DEFAULT nextval('numbers'));
ALTER SEQUENCE numbers OWNED BY lent.id;
CREATE SEQUENCE plain_id_seq AS int;
CREATE TABLE plain (id int NOT NULL, n int);
