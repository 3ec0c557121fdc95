-- Each group of statements runs in a subtransaction of its own that is undone, so that neither objects nor locks pile
-- up; each statement in one more, so that a refusal costs only itself. What the catalogs say of it is asked before the
-- group is undone, under the settings under which catalogs are read.
DO $spelling$
DECLARE
  first_of int[] := current_setting('agent_migrate.first_of')::int[];
  statements text[] := current_setting('agent_migrate.statements')::text[];
  questions text[] := current_setting('agent_migrate.questions')::text[];
  answers text[] := array_fill(NULL::text, ARRAY[cardinality(statements)]);
  states text[] := answers;
  messages text[] := answers;
  answer text;
  last int;
BEGIN
  FOR g IN 1 .. cardinality(first_of) LOOP
    last := coalesce(first_of[g + 1] - 1, cardinality(statements));
    BEGIN
      FOR i IN first_of[g] .. last LOOP
        BEGIN
          EXECUTE statements[i];
        EXCEPTION WHEN OTHERS THEN
          states[i] := SQLSTATE;
          messages[i] := SQLERRM;
        END;
      END LOOP;
      {{settings}};
      -- Behind pg_catalog, so that a stand-in with the name of a built-in type does not change how that is written.
      PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
      FOR i IN first_of[g] .. last LOOP
        IF questions[i] <> '' AND states[i] IS NULL THEN
          EXECUTE questions[i] INTO answer;
          answers[i] := answer;
        END IF;
      END LOOP;
      RAISE EXCEPTION USING ERRCODE = 'AM000';
    EXCEPTION WHEN SQLSTATE 'AM000' THEN
      NULL;
    END;
  END LOOP;
  PERFORM set_config('agent_migrate.answers', answers::text, true), set_config('agent_migrate.states', states::text, true),
          set_config('agent_migrate.messages', messages::text, true);
END
$spelling$
