SELECT p.oid, p.polrelid, p.polname, p.polcmd, p.polpermissive, p.polroles::text, pg_get_expr(p.polqual, p.polrelid),
       pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_policy p
WHERE p.polrelid = ANY ({{relations}})
ORDER BY p.polrelid, p.polname COLLATE "C"
