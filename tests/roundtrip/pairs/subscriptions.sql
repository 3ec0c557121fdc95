-- before
CREATE SUBSCRIPTION feed CONNECTION 'dbname=postgres' PUBLICATION one WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION gone CONNECTION 'dbname=postgres' PUBLICATION one WITH (connect = false, slot_name = NONE);
-- after
CREATE SUBSCRIPTION feed CONNECTION 'dbname=postgres application_name=feed' PUBLICATION one, two
  WITH (connect = false, slot_name = NONE, synchronous_commit = local);
COMMENT ON SUBSCRIPTION feed IS 'both';
