-- What objects of other kinds stand on. The operators and functions of an operator class hang on entries of its family.
SELECT d.classid::regclass::text, d.objid, d.refclassid::regclass::text, d.refobjid
FROM pg_depend d
WHERE d.classid IN ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_cast'::regclass,
                    'pg_conversion'::regclass, 'pg_language'::regclass, 'pg_am'::regclass, 'pg_ts_config'::regclass,
                    'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass, 'pg_event_trigger'::regclass,
                    'pg_foreign_data_wrapper'::regclass, 'pg_foreign_server'::regclass, 'pg_user_mapping'::regclass,
                    'pg_collation'::regclass, 'pg_statistic_ext'::regclass)
  AND d.objid >= 16384 AND d.deptype IN ('n', 'a')
UNION ALL
SELECT d.classid::regclass::text, d.objid, d.refclassid::regclass::text, d.refobjid
FROM pg_depend d
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_foreign_server'::regclass
UNION ALL
SELECT 'pg_opclass', c.refobjid, d.refclassid::regclass::text, d.refobjid
FROM pg_depend c
JOIN pg_depend d ON d.classid = c.classid AND d.objid = c.objid AND d.refclassid IN ('pg_operator'::regclass, 'pg_proc'::regclass)
WHERE c.refclassid = 'pg_opclass'::regclass AND c.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
