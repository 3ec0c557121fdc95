"""Random schemas and random edits of them, as plain values, and the SQL that makes them.

A state is a tree of dictionaries. What depends on something else says on what in `uses`: pairs of a table's number and a
column's number, with the family of types that it counts on. `whole` takes off what no longer stands on anything, so that
an edit may cut wherever it likes.
"""
import copy
import random

ROLES = ["reader", "Chief \"of\" staff", "select"]
WORDS = ["user", "Order", "select", "it's", "a.b", "ünïcøde", "two words", "new\nline", "say \"so\"", "100%", "$1", "back\\slash",
         "名前", "end", "mixedCase", "x" * 55]

# type: (family, casts that always work on an empty table)
TYPES = {
    "int": ["smallint", "integer", "bigint"],
    "number": ["numeric", "numeric(10,2)", "numeric(12,4)", "double precision", "real"],
    "text": ["text", "varchar(20)", "varchar(80)", "varchar", "char(8)", "text COLLATE \"C\""],
    "bool": ["boolean"],
    "time": ["timestamptz", "timestamptz(3)"],
    "local": ["timestamp", "timestamp(0)"],
    "date": ["date"],
    "json": ["jsonb"],
    "plainjson": ["json"],
    "uuid": ["uuid"],
    "list": ["text[]", "varchar(5)[]"],
    "ints": ["integer[]"],
    "net": ["inet", "cidr"],
    "bytes": ["bytea"],
    "interval": ["interval", "interval(3)", "interval day to second"],
    "bits": ["bit(4)", "varbit(8)"],
    "range": ["int4range"],
    "search": ["tsvector"],
    "xml": ["xml"], "money": ["money"], "point": ["point"],
}
DEFAULTS = {
    "int": ["0", "-7", "1 + 2", "length('abc')"],
    "number": ["0", "3.14", "-1.50", "1e3", "random()"],
    "text": ["''", "'it''s'", "'a'||'b'", "current_user", "upper('x')", "E'b\\\\s'", "left(CURRENT_DATE::text, 4)"],
    "bool": ["true", "false", "NOT true"],
    "time": ["now()", "CURRENT_TIMESTAMP", "'2020-01-01 00:00:00+00'", "now() - interval '1 day'", "clock_timestamp()"],
    "local": ["'2020-01-01'", "now() AT TIME ZONE 'UTC'", "LOCALTIMESTAMP"],
    "date": ["CURRENT_DATE", "'2024-02-29'", "now()"],
    "json": ["'{}'", "'{\"a\": [1, null]}'", "jsonb_build_object('k', 1)"],
    "uuid": ["gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'"],
    "list": ["'{}'", "ARRAY['a', 'b']", "'{\"x y\",NULL}'"],
    "ints": ["'{1,2}'", "ARRAY[]::integer[]"],
    "net": ["'10.0.0.1'"],
    "interval": ["'1 day'", "'01:02:03'"],
    "bytes": ["'\\x00ff'"],
    "range": ["'[1,5)'"],
}
CHECKS = {
    "int": ["{c} > 0", "{c} BETWEEN 1 AND 9", "{c} IN (1, 2, 3)", "{c} <> ALL (ARRAY[4, 5])", "{c} % 2 = 0 OR {c} IS NULL"],
    "number": ["{c} >= 0", "abs({c}) < 100.5", "NOT ({c} < 1 AND {c} > -1)"],
    "text": ["{c} <> ''", "{c} IN ('a', 'b''c')", "length({c}) < 10", "{c} ~ '^[a-z]+$'", "{c} LIKE 'a%' OR {c} IS NULL",
             "CASE WHEN {c} = 'x' THEN false ELSE true END", "lower({c}) = {c}", "coalesce({c}, 'q') IS NOT NULL"],
    "bool": ["{c}", "{c} IS NOT FALSE"],
    "time": ["{c} > '2000-01-01 00:00:00+00'", "{c} IS NOT NULL"],
    "local": ["{c} > '2000-01-01'"],
    "date": ["{c} > DATE '2000-01-01'", "extract(year from {c}) > 1999"],
    "json": ["jsonb_typeof({c}) = 'object'", "{c} ? 'k'", "({c} ->> 'a')::integer > 0"],
    "list": ["cardinality({c}) < 5", "'a' = ANY ({c})", "{c} @> '{{a}}'"],
    "ints": ["array_length({c}, 1) > 0"],
    "uuid": ["{c} <> '00000000-0000-0000-0000-000000000000'"],
    "interval": ["{c} < interval '1 year'"],
    "range": ["NOT isempty({c})"],
}
GENERATED = {
    "int": ["{c} * 2", "({c} + 1) / 2", "coalesce({c}, 0)"],
    "text": ["length({c})", "CASE WHEN {c} IS NULL THEN 0 ELSE 1 END"],
    "number": ["floor({c})::integer"],
    "bool": ["({c})::integer"],
}
INDEXED = {
    "int": ["({c} % 10)", "abs({c})"],
    "text": ["lower({c})", "({c} || 'x')", "upper({c}) DESC NULLS LAST", "substr({c}, 1, 3)"],
    "json": ["({c} ->> 'name')", "(({c} ->> 'n')::integer)"],
    "number": ["round({c}::numeric)"],
    "bool": ["(NOT {c})"],
    "date": ["date_part('year', {c})"],
}
SORTABLE = ["int", "number", "text", "bool", "time", "local", "date", "uuid", "net", "interval", "bytes", "list", "enum"]
KEYABLE = ["int", "text", "uuid", "date"]


def ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'" if "\\" in text else "'" + text.replace("'", "''") + "'"


class Maker:
    """Makes and edits states from one source of chance."""

    def __init__(self, seed: int, major: int):
        self.random = random.Random(seed)
        self.major = major  # of the server: newer ones know more
        self.count = 0

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def pick(self, things):
        return self.random.choice(list(things))

    def number(self) -> int:
        self.count += 1
        return self.count

    def name(self, prefix: str) -> str:
        number = self.number()
        if self.chance(0.6):
            return f"{prefix}{number}"
        text = f"{prefix}{number}_{self.pick(WORDS)}"
        while len(text.encode()) > 63:
            text = text[:-1]
        return text

    def comment(self, part=0.15):
        return self.pick(["why", "it's", "two\nlines", "back\\slash", "ünï \"quoted\""]) if self.chance(part) else None

    # States ---------------------------------------------------------------------------------------------------------

    def state(self) -> dict:
        state = {"schemas": {0: "public"}, "enums": {}, "domains": {}, "composites": {}, "sequences": {}, "functions": {},
                 "tables": {}, "views": {}}
        if self.chance(0.4):
            state["schemas"][1] = self.name("s")
        for kind, most in (("enums", 2), ("domains", 2), ("composites", 1), ("sequences", 2), ("functions", 1), ("tables", 4),
                           ("views", 2)):
            for _ in range(self.random.randint(0 if kind != "tables" else 1, most)):
                self.add(state, kind)
        return whole(state)

    def add(self, state: dict, kind: str) -> None:
        made = getattr(self, "new_" + kind)(state)
        if made is not None:
            made.setdefault("schema", self.pick(state["schemas"]))
            state[kind][self.number()] = made

    def new_enums(self, _) -> dict:
        labels = ["a", "b", "it's", "Ünï", "two words", "z"]
        return {"name": self.name("mood"), "labels": labels[:self.random.randint(1, 5)], "comment": self.comment()}

    def new_domains(self, _) -> dict:
        family = self.pick(["int", "text"])
        return {"name": self.name("dom"), "family": family, "type": self.pick(TYPES[family][:4]), "not_null": self.chance(0.2),
                "default": self.pick(DEFAULTS[family][:2]) if self.chance(0.3) else None, "comment": self.comment(),
                "checks": {self.name("dc"): self.pick(CHECKS[family][:3]).format(c="VALUE")} if self.chance(0.6) else {}}

    def new_composites(self, _) -> dict:
        return {"name": self.name("pair"), "comment": self.comment(),
                "attributes": {self.name("f"): self.pick(["integer", "text", "numeric(8,2)"]) for _ in range(self.random.randint(1, 3))}}

    def new_sequences(self, _) -> dict:
        return {"name": self.name("seq"), "options": self.sequence_options(), "comment": self.comment()}

    def sequence_options(self) -> str:
        return self.pick(["", " INCREMENT BY 5", " START WITH 100", " MINVALUE 0 MAXVALUE 9999 CYCLE", " CACHE 20",
                          " INCREMENT BY -1", " AS smallint", " AS integer START 7"])

    def new_functions(self, _) -> dict:
        return {"name": self.name("fun"), "comment": self.comment(), "body": self.pick(["$1 + 1", "$1 * 2", "abs($1)"])}

    def new_tables(self, state: dict) -> dict:
        table = {"name": self.name("t"), "schema": self.pick(state["schemas"]), "columns": {}, "primary": None, "uniques": {},
                 "checks": {}, "references": {}, "indexes": {}, "exclusions": {}, "policies": {}, "grants": {}, "triggers": {},
                 "comment": self.comment(), "unlogged": self.chance(0.08), "fillfactor": 70 if self.chance(0.1) else None,
                 "secured": self.chance(0.25), "forced": self.chance(0.1)}
        for _ in range(self.random.randint(1, 6)):
            self.add_column(state, table)
        if self.chance(0.8):
            self.set_primary(table)
        state["tables"][self.number()] = table
        for _ in range(self.random.randint(0, 5)):
            self.add_member(state, table)
        return None

    def new_views(self, state: dict) -> dict | None:
        number = self.pick(state["tables"])
        table = state["tables"][number]
        if not table["columns"]:
            return None
        columns = self.random.sample(list(table["columns"]), self.random.randint(1, min(3, len(table["columns"]))))
        where = self.condition(table)
        view = {"name": self.name("v"), "table": number, "columns": columns, "materialized": self.chance(0.2),
                "comment": self.comment(), "where": where, "shape": self.pick(["plain", "plain", "count", "over"])}
        return view

    # Parts of tables ------------------------------------------------------------------------------------------------

    def column_type(self, state: dict) -> dict:
        special = [("enum", "enums"), ("domain", "domains"), ("composite", "composites")]
        if self.chance(0.2):
            family, kind = self.pick(special)
            if state[kind]:
                number = self.pick(state[kind])
                if family == "domain":
                    return {"family": "domain", "special": number, "array": False}
                return {"family": family, "special": number, "array": family == "enum" and self.chance(0.2)}
        family = self.pick(list(TYPES) + ["int", "text", "text", "time", "bool"] * 2)
        return {"family": family, "type": self.pick(TYPES[family])}

    def default(self, state: dict, column: dict):
        if column["family"] == "enum" and not column.get("array"):
            return ["label", self.random.randint(0, 1)]
        if column["family"] == "int" and state["sequences"] and self.chance(0.15):
            return ["nextval", self.pick(state["sequences"])]
        if column["family"] == "int" and state["functions"] and self.chance(0.1):
            return ["call", self.pick(state["functions"])]
        if column["family"] in DEFAULTS:
            return ["text", self.pick(DEFAULTS[column["family"]])]
        return None

    def add_column(self, state: dict, table: dict) -> None:
        column = {"name": self.name("c"), "not_null": self.chance(0.3), "comment": self.comment(0.1), "default": None,
                  "source": "plain", **self.column_type(state)}
        if column["family"] == "int" and self.chance(0.25):
            column["source"] = self.pick(["serial", "identity always", "identity by default"])
            column["not_null"] = True
            column["options"] = self.pick(["", "", "START WITH 10", "INCREMENT BY 3"])
        elif self.chance(0.08):
            base = self.pick(table["columns"]) if table["columns"] else None
            if base and table["columns"][base]["family"] in GENERATED and table["columns"][base]["source"] != "generated":
                column.update(family="int", type="integer", source="generated", base=base, special=None,
                              expression=self.pick(GENERATED[table["columns"][base]["family"]]),
                              uses=[[base, table["columns"][base]["family"]]])
                if self.major >= 18 and self.chance(0.5):
                    column.update(family="virtual")  # on which no key and no index may stand
        elif self.chance(0.4):
            column["default"] = self.default(state, column)
        table["columns"][self.number()] = column

    def columns_of(self, table: dict, families) -> list:
        return [number for number, column in table["columns"].items() if column["family"] in families and not column.get("array")]

    def set_primary(self, table: dict) -> None:
        fit = self.columns_of(table, KEYABLE)
        if fit:
            columns = self.random.sample(fit, self.random.randint(1, min(2, len(fit))))
            table["primary"] = {"name": self.name("pk") if self.chance(0.3) else None, "columns": columns, "comment": self.comment(0.05),
                                "deferrable": self.chance(0.05), "uses": [[c, table["columns"][c]["family"]] for c in columns]}

    def condition(self, table: dict):
        """[template, column, family], or nothing."""
        fit = self.columns_of(table, CHECKS)
        if not fit or self.chance(0.5):
            return None
        column = self.pick(fit)
        family = table["columns"][column]["family"]
        return [self.pick(CHECKS[family]), column, family]

    def add_member(self, state: dict, table: dict) -> None:
        kind = self.pick(["uniques", "checks", "checks", "references", "references", "indexes", "indexes", "indexes", "exclusions",
                          "policies", "grants", "triggers"])
        made = getattr(self, "new_" + kind)(state, table)
        if made is not None:
            table[kind][self.number()] = made

    def new_uniques(self, _, table: dict):
        fit = self.columns_of(table, SORTABLE)
        if not fit:
            return None
        columns = self.random.sample(fit, self.random.randint(1, min(2, len(fit))))
        include = [c for c in self.random.sample(list(table["columns"]), 1) if c not in columns] if self.chance(0.15) else []
        return {"name": self.name("uq"), "columns": columns, "include": include, "nulls": self.chance(0.15) and self.major >= 15, "comment": self.comment(0.1),
                "deferrable": self.pick(["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]),
                "uses": [[c, table["columns"][c]["family"]] for c in columns + include]}

    def new_checks(self, _, table: dict):
        condition = self.condition(table)
        if condition is None:
            return None
        return {"name": self.name("ck"), "condition": condition, "comment": self.comment(0.1), "valid": not self.chance(0.1),
                "no_inherit": self.chance(0.08), "enforced": self.major < 18 or self.chance(0.8), "uses": [condition[1:]]}

    def new_references(self, state: dict, table: dict):
        fit = []
        for number, other in state["tables"].items():
            if other["primary"] and not other["primary"]["deferrable"] and len(other["primary"]["columns"]) == 1:
                key = other["primary"]["columns"][0]
                family = other["columns"][key]["family"]
                fit += [(c, number, key, family) for c in self.columns_of(table, [family]) if table["columns"][c]["source"] == "plain"]
        if not fit:
            return None
        column, number, key, family = self.pick(fit)
        return {"name": self.name("fk"), "column": column, "table": number, "key": key, "uses": [[column, family]], "family": family,
                "actions": self.pick(["", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE", " ON DELETE RESTRICT",
                                      " MATCH FULL", " ON DELETE SET DEFAULT"]),
                "deferrable": self.pick(["", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]),
                "valid": not self.chance(0.1), "comment": self.comment(0.1)}

    def new_indexes(self, _, table: dict):
        fit = self.columns_of(table, SORTABLE)
        special = self.columns_of(table, ["json", "list", "ints", "search", "range", "net"])
        if special and self.chance(0.3):
            column = self.pick(special)
            family = table["columns"][column]["family"]
            method = {"range": "gist", "net": "gist"}.get(family, "gin")
            opclass = {"json": self.pick(["", " jsonb_path_ops"]), "net": " inet_ops"}.get(family, "")
            return {"name": self.name("ix"), "keys": ["{c}" + opclass], "columns": [column], "method": method, "unique": False, "include": [],
                    "where": None, "comment": self.comment(0.1), "fillfactor": None, "uses": [[column, family]]}
        if not fit:
            return None
        columns = self.random.sample(fit, self.random.randint(1, min(3, len(fit))))
        keys = []
        for column in columns:
            family = table["columns"][column]["family"]
            options = ["{c}", "{c}", "{c}", "{c} DESC", "{c} NULLS FIRST", "{c} DESC NULLS LAST"]
            if family == "text" and not table["columns"][column]["type"].startswith("char("):
                options += ["{c} text_pattern_ops", "{c} COLLATE \"C\""]
            keys.append(self.pick(options + INDEXED.get(family, [])))
        where = self.condition(table) if self.chance(0.5) else None
        include = [c for c in self.random.sample(list(table["columns"]), 1) if c not in columns] if self.chance(0.15) else []
        method = "hash" if keys == ["{c}"] and self.chance(0.15) else "btree"
        include = [] if method == "hash" else include
        uses = [[c, table["columns"][c]["family"]] for c in columns + include] + ([where[1:]] if where else [])
        return {"name": self.name("ix"), "keys": keys, "columns": columns, "method": method, "include": include, "where": where,
                "unique": method == "btree" and self.chance(0.2), "comment": self.comment(0.1),
                "fillfactor": 80 if self.chance(0.1) else None, "uses": uses}

    def new_exclusions(self, _, table: dict):
        fit = self.columns_of(table, ["range"])
        if not fit:
            return None
        column = self.pick(fit)
        return {"name": self.name("ex"), "column": column, "where": self.condition(table), "uses": [[column, "range"]], "comment": self.comment(0.1)}

    def new_policies(self, _, table: dict):
        condition = self.condition(table) or ["true", None, None]
        command = self.pick(["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"])
        return {"name": self.name("po"), "command": command, "permissive": self.chance(0.8), "condition": condition,
                "check": command in ("INSERT", "UPDATE", "ALL") and self.chance(0.5), "roles": self.random.sample(ROLES, self.random.randint(0, 2)),
                "comment": self.comment(0.1), "uses": [condition[1:]] if condition[1] else []}

    def new_grants(self, _, table: dict):
        column = self.pick(table["columns"]) if table["columns"] and self.chance(0.3) else None
        rights = ["SELECT", "INSERT", "UPDATE"] + ([] if column else ["DELETE", "TRUNCATE"])
        return {"role": self.pick(ROLES + [None]), "column": column, "rights": self.random.sample(rights, self.random.randint(1, 2)),
                "option": False, "uses": [[column, table["columns"][column]["family"]]] if column else []}

    def new_triggers(self, _, table: dict):
        return {"name": self.name("tg"), "when": self.pick(["BEFORE UPDATE", "AFTER INSERT", "BEFORE INSERT OR UPDATE"])} if self.chance(0.5) else None

    # Edits ----------------------------------------------------------------------------------------------------------

    def edited(self, state: dict) -> dict:
        state = copy.deepcopy(state)
        for _ in range(self.random.randint(1, 8)):
            self.edit(state)
        return whole(state)

    def edit(self, state: dict) -> None:
        if self.chance(0.3):
            kind = self.pick(["enums", "domains", "composites", "sequences", "functions", "tables", "tables", "views"])
            if self.chance(0.5) or not state[kind] or (kind == "tables" and len(state["tables"]) < 2):
                self.add(state, kind)
            elif self.chance(0.5) or kind == "tables":
                del state[kind][self.pick(state[kind])]
            else:
                self.alter(state, kind, state[kind][self.pick(state[kind])])
            whole(state)
            return
        table = state["tables"][self.pick(state["tables"])]
        self.edit_table(state, table)
        whole(state)

    def alter(self, state: dict, kind: str, thing: dict) -> None:
        if self.chance(0.2):
            thing["comment"] = self.comment(0.5)
        elif kind == "enums":
            self.alter_labels(thing)
        elif kind == "domains":
            fresh = self.new_domains(state)
            for key in self.random.sample(["not_null", "default", "checks"], 1):
                if fresh["family"] == thing["family"] or key == "not_null":
                    thing[key] = fresh[key]
        elif kind == "composites":
            thing["attributes"][self.name("f")] = "integer"
        elif kind == "sequences":
            thing["options"] = self.sequence_options()
        elif kind == "functions":
            thing["body"] = self.new_functions(state)["body"]
        elif kind == "views":
            thing["where"] = self.condition(state["tables"][thing["table"]])
            thing["shape"] = self.pick(["plain", "count", "over"])

    def alter_labels(self, enum: dict) -> None:
        labels = enum["labels"]
        what = self.random.random()
        if what < 0.6 or len(labels) < 2:
            labels.insert(self.random.randint(0, len(labels)), f"new{self.number()}")
        elif what < 0.8:
            labels.remove(self.pick(labels))
        else:
            self.random.shuffle(labels)

    def edit_table(self, state: dict, table: dict) -> None:
        what = self.random.random()
        members = [(kind, number) for kind in ("uniques", "checks", "references", "indexes", "exclusions", "policies", "grants", "triggers")
                   for number in table[kind]]
        if what < 0.15:
            self.add_column(state, table)
        elif what < 0.25 and len(table["columns"]) > 1:
            del table["columns"][self.pick(table["columns"])]
        elif what < 0.55 and table["columns"]:
            self.alter_column(state, table["columns"][self.pick(table["columns"])])
        elif what < 0.7:
            self.add_member(state, table)
        elif what < 0.8 and members:
            kind, number = self.pick(members)
            del table[kind][number]
        elif what < 0.9 and members:
            kind, number = self.pick(members)
            fresh = getattr(self, "new_" + kind)(state, table)
            if fresh is not None:  # the same name, another meaning
                if "name" in fresh:
                    fresh["name"] = table[kind][number]["name"]
                table[kind][number] = fresh
        elif what < 0.93:
            table["primary"] = None
            if self.chance(0.6):
                self.set_primary(table)
        else:
            key = self.pick(["comment", "secured", "forced", "unlogged", "fillfactor"])
            table[key] = self.comment(0.6) if key == "comment" else (None if table[key] else 70) if key == "fillfactor" else not table[key]

    def alter_column(self, state: dict, column: dict) -> None:
        what = self.random.random()
        if what < 0.3 and column["source"] == "plain" and column["family"] in TYPES:
            column["type"] = self.pick([each for each in TYPES[column["family"]] if not each.startswith("char(")])
        elif what < 0.4 and column["source"] == "plain":
            fresh = {"special": None, "type": None, "array": False, **self.column_type(state)}
            column.update(fresh, default=None)
            column["default"] = self.default(state, column) if self.chance(0.3) else None
        elif what < 0.6 and column["source"] == "plain":
            column["default"] = None if column["default"] and self.chance(0.4) else self.default(state, column)
        elif what < 0.75:
            column["not_null"] = not column["not_null"] or column["source"] not in ("plain", "generated")
        elif what < 0.85:
            column["comment"] = self.comment(0.6)
        elif column["family"] == "int" and column["source"] != "generated":
            column["source"] = self.pick(["plain", "serial", "identity always", "identity by default"])
            column["not_null"] = column["not_null"] or column["source"] != "plain"
            column["options"] = self.pick(["", "START WITH 10"])
            column["default"] = None
        elif column["source"] == "generated":
            column["source"] = "plain"


def whole(state: dict) -> dict:
    """The state without what stands on nothing."""
    for kind in ("enums", "domains", "composites", "sequences", "functions", "tables", "views"):
        for number in [n for n, each in state[kind].items() if each["schema"] not in state["schemas"]]:
            del state[kind][number]
    changed = True
    while changed:
        changed = any([whole_table(state, table) for table in state["tables"].values()])
    for number, view in list(state["views"].items()):
        table = state["tables"].get(view["table"])
        if table is None or any(c not in table["columns"] for c in view["columns"]) or not fits(table, [view["where"][1:]] if view["where"] else []):
            del state["views"][number]
    return state


def fits(table: dict, uses: list) -> bool:
    return all(c in table["columns"] and table["columns"][c]["family"] == family and not table["columns"][c].get("array") for c, family in uses)


def whole_table(state: dict, table: dict) -> bool:
    gone = False
    for number, column in list(table["columns"].items()):
        kind = {"enum": "enums", "domain": "domains", "composite": "composites"}.get(column["family"])
        if (kind and column["special"] not in state[kind]) or (column["source"] == "generated" and not fits(table, column["uses"])):
            del table["columns"][number]
            gone = True
            continue
        default = column["default"]
        if default and ((default[0] == "nextval" and default[1] not in state["sequences"]) or (default[0] == "call" and default[1] not in state["functions"])):
            column["default"] = None
    if table["primary"] and not fits(table, table["primary"]["uses"]):
        table["primary"] = None
        gone = True
    for kind in ("uniques", "checks", "indexes", "exclusions", "policies", "grants", "references"):
        for number, each in list(table[kind].items()):
            if not fits(table, each["uses"]) or not refers(state, kind, each) or not fits(table, [each["where"][1:]] if each.get("where") else []):
                del table[kind][number]
    return gone


def refers(state: dict, kind: str, member: dict) -> bool:
    if kind != "references":
        return True
    other = state["tables"].get(member["table"])
    return bool(other and other["primary"] and other["primary"]["columns"] == [member["key"]] and not other["primary"]["deferrable"]
                and other["columns"][member["key"]]["family"] == member["family"])


# SQL ------------------------------------------------------------------------------------------------------------------

class Writer:
    def __init__(self, state: dict):
        self.state = state
        self.lines: list[str] = []

    def named(self, thing: dict) -> str:
        return ident(self.state["schemas"][thing["schema"]]) + "." + ident(thing["name"])

    def say(self, text: str) -> None:
        self.lines.append(text + ";")

    def comment(self, what: str, thing: dict) -> None:
        if thing.get("comment"):
            self.say(f"COMMENT ON {what} IS {literal(thing['comment'])}")

    def sql(self) -> str:
        state = self.state
        for number, name in state["schemas"].items():
            if number:
                self.say(f"CREATE SCHEMA {ident(name)}")
        for enum in state["enums"].values():
            self.say(f"CREATE TYPE {self.named(enum)} AS ENUM ({', '.join(map(literal, enum['labels']))})")
            self.comment(f"TYPE {self.named(enum)}", enum)
        for domain in state["domains"].values():
            self.domain(domain)
        for pair in state["composites"].values():
            attributes = ", ".join(f"{ident(name)} {kind}" for name, kind in pair["attributes"].items())
            self.say(f"CREATE TYPE {self.named(pair)} AS ({attributes})")
            self.comment(f"TYPE {self.named(pair)}", pair)
        for sequence in state["sequences"].values():
            self.say(f"CREATE SEQUENCE {self.named(sequence)}{sequence['options']}")
            self.comment(f"SEQUENCE {self.named(sequence)}", sequence)
        for function in state["functions"].values():
            self.say(f"CREATE FUNCTION {self.named(function)}(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $f$SELECT {function['body']}$f$")
            self.comment(f"FUNCTION {self.named(function)}(integer)", function)
        for table in state["tables"].values():
            self.table(table)
        for table in state["tables"].values():
            for reference in table["references"].values():
                self.reference(table, reference)
        if any(table["triggers"] for table in state["tables"].values()):
            self.say("CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $f$BEGIN RETURN NEW; END$f$")
        for table in state["tables"].values():
            self.rest(table)
        for view in state["views"].values():
            self.view(view)
        return "\n".join(self.lines) + "\n"

    def domain(self, domain: dict) -> None:
        text = f"CREATE DOMAIN {self.named(domain)} AS {domain['type']}"
        text += f" DEFAULT {domain['default']}" if domain["default"] else ""
        text += " NOT NULL" if domain["not_null"] else ""
        for name, check in domain["checks"].items():
            text += f" CONSTRAINT {ident(name)} CHECK ({check})"
        self.say(text)
        self.comment(f"DOMAIN {self.named(domain)}", domain)

    def type(self, column: dict) -> str:
        kind = {"enum": "enums", "domain": "domains", "composite": "composites"}.get(column["family"])
        if kind:
            return self.named(self.state[kind][column["special"]]) + ("[]" if column.get("array") else "")
        return column["type"]

    def default(self, column: dict) -> str:
        kind, value = column["default"]
        if kind == "label":
            labels = self.state["enums"][column["special"]]["labels"]
            return literal(labels[min(value, len(labels) - 1)])
        if kind == "nextval":
            return f"nextval({literal(self.named(self.state['sequences'][value]))})"
        if kind == "call":
            return f"{self.named(self.state['functions'][value])}(3)"
        return f"({value})"

    def column(self, column: dict) -> str:
        name = ident(column["name"])
        if column["source"] == "serial":
            return f"{name} {dict(smallint='smallserial', integer='serial', bigint='bigserial')[column['type']]}"
        text = f"{name} {self.type(column)}"
        if column["source"].startswith("identity"):
            text += " GENERATED " + column["source"][9:].upper() + " AS IDENTITY" + (f" ({column['options']})" if column["options"] else "")
        elif column["source"] == "generated":
            text += f" GENERATED ALWAYS AS ({column['expression'].format(c=ident(self.here['columns'][column['base']]['name']))})"
            text += " VIRTUAL" if column["family"] == "virtual" else " STORED"
        elif column["default"]:
            text += f" DEFAULT {self.default(column)}"
        return text + (" NOT NULL" if column["not_null"] else "")

    def columns(self, table: dict, numbers: list) -> str:
        return ", ".join(ident(table["columns"][n]["name"]) for n in numbers)

    def condition(self, table: dict, condition: list) -> str:
        if condition[1] is None:
            return condition[0]
        return condition[0].format(c=ident(table["columns"][condition[1]]["name"]))

    def table(self, table: dict) -> None:
        self.here = table
        parts = [self.column(column) for column in table["columns"].values()]
        if table["primary"]:
            key = table["primary"]
            parts.append((f"CONSTRAINT {ident(key['name'])} " if key["name"] else "") + f"PRIMARY KEY ({self.columns(table, key['columns'])})"
                         + (" DEFERRABLE" if key["deferrable"] else ""))
        for exclusion in table["exclusions"].values():
            where = f" WHERE ({self.condition(table, exclusion['where'])})" if exclusion["where"] else ""
            parts.append(f"CONSTRAINT {ident(exclusion['name'])} EXCLUDE USING gist ({self.columns(table, [exclusion['column']])} WITH &&){where}")
        options = f" WITH (fillfactor={table['fillfactor']})" if table["fillfactor"] else ""
        self.say(f"CREATE {'UNLOGGED ' if table['unlogged'] else ''}TABLE {self.named(table)} (" + ", ".join(parts) + f"){options}")
        self.comment(f"TABLE {self.named(table)}", table)
        for column in table["columns"].values():
            self.comment(f"COLUMN {self.named(table)}.{ident(column['name'])}", column)
        # Not in CREATE TABLE: there one on the key's columns is the key itself.
        for unique in table["uniques"].values():
            self.say(f"ALTER TABLE {self.named(table)} ADD CONSTRAINT {ident(unique['name'])} UNIQUE"
                     f" {'NULLS NOT DISTINCT ' if unique['nulls'] else ''}({self.columns(table, unique['columns'])})"
                     + (f" INCLUDE ({self.columns(table, unique['include'])})" if unique["include"] else "") + unique["deferrable"])
        for check in table["checks"].values():
            self.say(f"ALTER TABLE {self.named(table)} ADD CONSTRAINT {ident(check['name'])} CHECK ({self.condition(table, check['condition'])})"
                     + (" NO INHERIT" if check["no_inherit"] else "")
                     + (" NOT ENFORCED" if not check["enforced"] else "" if check["valid"] else " NOT VALID"))
        for kind in ("uniques", "exclusions", "checks"):
            for each in table[kind].values():
                self.comment(f"CONSTRAINT {ident(each['name'])} ON {self.named(table)}", each)

    def reference(self, table: dict, reference: dict) -> None:
        other = self.state["tables"][reference["table"]]
        if other["unlogged"] and not table["unlogged"]:
            return
        self.say(f"ALTER TABLE {self.named(table)} ADD CONSTRAINT {ident(reference['name'])} FOREIGN KEY ({self.columns(table, [reference['column']])}) "
                 f"REFERENCES {self.named(other)} ({self.columns(other, [reference['key']])}){reference['actions']}{reference['deferrable']}"
                 + ("" if reference["valid"] else " NOT VALID"))
        self.comment(f"CONSTRAINT {ident(reference['name'])} ON {self.named(table)}", reference)

    def rest(self, table: dict) -> None:
        for index in table["indexes"].values():
            keys = ", ".join(key.format(c=ident(table["columns"][c]["name"])) for key, c in zip(index["keys"], index["columns"]))
            text = f"CREATE {'UNIQUE ' if index['unique'] else ''}INDEX {ident(index['name'])} ON {self.named(table)} USING {index['method']} ({keys})"
            text += f" INCLUDE ({self.columns(table, index['include'])})" if index["include"] else ""
            text += f" WITH (fillfactor={index['fillfactor']})" if index["fillfactor"] else ""
            text += f" WHERE {self.condition(table, index['where'])}" if index["where"] else ""
            self.say(text)
            self.comment(f"INDEX {ident(self.state['schemas'][table['schema']])}.{ident(index['name'])}", index)
        for trigger in table["triggers"].values():
            self.say(f"CREATE TRIGGER {ident(trigger['name'])} {trigger['when']} ON {self.named(table)} FOR EACH ROW EXECUTE FUNCTION public.touch()")
        if table["secured"]:
            self.say(f"ALTER TABLE {self.named(table)} ENABLE ROW LEVEL SECURITY")
        if table["forced"]:
            self.say(f"ALTER TABLE {self.named(table)} FORCE ROW LEVEL SECURITY")
        for policy in table["policies"].values():
            self.policy(table, policy)
        for grant in table["grants"].values():
            column = f" ({self.columns(table, [grant['column']])})" if grant["column"] else ""
            self.say(f"GRANT {', '.join(right + column for right in grant['rights'])} ON {self.named(table)} TO {ident(grant['role']) if grant['role'] else 'PUBLIC'}")

    def policy(self, table: dict, policy: dict) -> None:
        condition = self.condition(table, policy["condition"])
        text = f"CREATE POLICY {ident(policy['name'])} ON {self.named(table)}{'' if policy['permissive'] else ' AS RESTRICTIVE'} FOR {policy['command']}"
        text += f" TO {', '.join(map(ident, policy['roles']))}" if policy["roles"] else ""
        text += f" USING ({condition})" if policy["command"] != "INSERT" else ""
        text += f" WITH CHECK ({condition})" if policy["check"] or policy["command"] == "INSERT" else ""
        self.say(text)
        self.comment(f"POLICY {ident(policy['name'])} ON {self.named(table)}", policy)

    def view(self, view: dict) -> None:
        table = self.state["tables"][view["table"]]
        columns = self.columns(table, view["columns"])
        where = f" WHERE {self.condition(table, view['where'])}" if view["where"] else ""
        body = {"plain": f"SELECT {columns} FROM {self.named(table)}{where}",
                "count": f"SELECT count(*) AS n, max(({ident(table['columns'][view['columns'][0]]['name'])})::text) AS m FROM {self.named(table)}{where}",
                "over": f"SELECT x.* FROM (SELECT {columns} FROM {self.named(table)}{where}) AS x"}[view["shape"]]
        kind = "MATERIALIZED VIEW" if view["materialized"] else "VIEW"
        self.say(f"CREATE {kind} {self.named(view)} AS {body}")
        self.comment(f"{kind} {self.named(view)}", view)


def sql(state: dict) -> str:
    return Writer(state).sql()
