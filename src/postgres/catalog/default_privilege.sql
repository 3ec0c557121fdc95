SELECT d.oid, pg_get_userbyid(d.defaclrole), n.nspname, d.defaclobjtype, d.defaclacl::text
FROM pg_default_acl d
LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
WHERE d.defaclnamespace = 0 OR ({{wanted_schema}})
ORDER BY pg_get_userbyid(d.defaclrole) COLLATE "C", n.nspname COLLATE "C" NULLS FIRST, d.defaclobjtype
