-- Built-in objects have OIDs below 16384; the schema public is one of them.
SELECT classoid::regclass::text, objoid, objsubid, description
FROM pg_description
WHERE objoid >= 16384 OR (classoid = 'pg_namespace'::regclass AND objoid = 2200 AND description <> 'standard public schema')
