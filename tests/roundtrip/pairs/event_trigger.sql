-- before
CREATE FUNCTION hear() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disabled''; END';
CREATE EVENT TRIGGER ears ON ddl_command_end EXECUTE FUNCTION hear();
ALTER EVENT TRIGGER ears DISABLE;
-- after
CREATE FUNCTION hear() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''heard''; END';
CREATE TABLE heard (id int);
