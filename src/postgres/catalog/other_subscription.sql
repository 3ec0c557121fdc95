-- Only a superuser reads where a subscription connects to; a password there is left out. Each statement after the first
-- may be run again with other values: a subscription is never dropped to be changed.
SELECT 'pg_subscription', s.oid, 'SUBSCRIPTION', quote_ident(s.subname),
       ARRAY[format('CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION %s WITH (connect = false, slot_name = NONE%s)', s.subname, '',
              'none', CASE WHEN o.options ->> 'subtwophasestate' <> 'd' THEN ', two_phase = true' ELSE '' END),
             format('ALTER SUBSCRIPTION %I CONNECTION %L', s.subname,
              btrim(regexp_replace(s.subconninfo, $$(^|\s)(ssl)?password\s*=\s*('([^'\\]|\\.)*'|\S*)$$, '', 'gi'))),
             format('ALTER SUBSCRIPTION %I SET PUBLICATION %s WITH (refresh = false)', s.subname,
              (SELECT string_agg(quote_ident(p), ', ' ORDER BY p) FROM unnest(s.subpublications) p)),
             format('ALTER SUBSCRIPTION %I SET (%s)', s.subname, concat_ws(', ',
              'slot_name = ' || coalesce(quote_literal(s.subslotname), 'NONE'), 'synchronous_commit = ' || quote_literal(s.subsynccommit),
              'binary = ' || (o.options ->> 'subbinary'),
              'streaming = ' || CASE o.options ->> 'substream' WHEN 'p' THEN 'parallel' WHEN 't' THEN 'true' WHEN 'f' THEN 'false'
                                ELSE o.options ->> 'substream' END,
              'disable_on_error = ' || (o.options ->> 'subdisableonerr'))),
             format('ALTER SUBSCRIPTION %I %s', s.subname, CASE WHEN s.subenabled THEN 'ENABLE' ELSE 'DISABLE' END)],
       format('DROP SUBSCRIPTION %I', s.subname), '{}'::text[],
       pg_get_userbyid(s.subowner), NULL::text
FROM pg_subscription s
CROSS JOIN LATERAL (SELECT to_jsonb(s) AS options) o
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
