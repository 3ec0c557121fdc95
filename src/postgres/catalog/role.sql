SELECT r.oid, r.rolname, r.rolcanlogin, r.rolinherit, r.rolbypassrls, r.rolsuper,
       r.oid = (SELECT datdba FROM pg_database WHERE datname = current_database()),
       ARRAY(SELECT DISTINCT m.roleid FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r
ORDER BY r.rolname COLLATE "C"
