"""Runs in the project's own Python: imports the models and says as JSON what create_all makes of them.

Standard input: one JSON object. `root`: the project's folder; `paths`: folders to import from; `modules`: name and file
of each; `metadata`: "module:name", or empty for all. Standard output: one JSON object. What the models print goes to
standard error.
"""
import importlib
import importlib.machinery
import importlib.util
import json
import os
import re
import sys

answer_stream = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

ROOT = request["root"].rstrip("/")
INSTALLED = re.compile(r"(^|/)(site-packages|dist-packages|\.venv|venv|env|\.tox|node_modules)(/|$)")
NO_VALUE = object()


# Places in the project's files


def own_file(name):
    """The file relative to the root, if it is one of the project's."""
    if name.startswith("<"):
        return None
    path = os.path.abspath(name)
    if not path.startswith(ROOT + "/") or INSTALLED.search(path[len(ROOT):]):
        return None
    return path[len(ROOT) + 1:]


def frame_place(frame):
    """Where the project stands in the calls of a frame; what imports a module does not count."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib"):
            return None
        file = own_file(name)
        if file is not None:
            return [file, frame.f_lineno]
        frame = frame.f_back
    return None


def traceback_place(traceback):
    place = None
    while traceback is not None:
        file = own_file(traceback.tb_frame.f_code.co_filename)
        if file is not None:
            place = [file, traceback.tb_lineno]
        traceback = traceback.tb_next
    return place


# Secrets that a message could hold


def without_secrets(text):
    text = re.sub(r"(://[^\s:/@]*):[^\s@]*@", r"\1:***@", text)
    for name, value in os.environ.items():
        if len(value) >= 4 and re.search(r"PASS|SECRET|TOKEN|KEY|CREDENTIAL|DSN", name.upper()):
            text = text.replace(value, "***")
    return text


def said(error):
    text = str(error).split("\n(Background on this error")[0].strip()
    if text.startswith("(Background on this error"):
        text = ""
    return without_secrets(type(error).__name__ + (": " + text if text else ""))


def answer(content):
    answer_stream.write(json.dumps(content).encode("utf-8"))
    answer_stream.flush()
    os._exit(0)  # threads and exit handlers of the models are of no concern


def fail(kind, message, place=None, column=None, name=None):
    content = {"error": kind, "message": message, "name": name, "column": column}
    content["file"], content["line"] = place or (None, None)
    content["python"] = sys.version.split()[0]
    content["executable"] = sys.executable
    answer(content)


# One file is one module, by whatever name it is imported


class SameModule(importlib.machinery.SourceFileLoader):
    def __init__(self, name, path, module):
        super().__init__(name, path)
        self.module = module
        self.spec = module.__spec__

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        module.__spec__ = self.spec


class OneModuleOneFile:
    names = {}

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or not spec.has_location or own_file(spec.origin) is None:
            return spec
        file = os.path.realpath(spec.origin)
        known = sys.modules.get(cls.names.get(file, ""))
        if known is not None and known.__name__ != name:
            return importlib.util.spec_from_file_location(name, spec.origin, loader=SameModule(name, spec.origin, known))
        cls.names[file] = name
        return spec


def import_file(name, file):
    path = os.path.realpath(file)
    if path in OneModuleOneFile.names:
        return
    spec = importlib.util.find_spec(name) if "." not in name else None
    module = sys.modules.get(name)
    taken = getattr(module, "__file__", None) or (spec.origin if spec is not None and spec.has_location else None)
    if taken is not None and os.path.realpath(taken) != path:  # another root has a module of the name
        name = "_".join([name, "of", re.sub(r"\W", "_", os.path.relpath(path, ROOT))])
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        OneModuleOneFile.names[path] = name
        spec.loader.exec_module(module)
    else:
        importlib.import_module(name)


def import_all():
    for entry in request["modules"]:
        try:
            import_file(entry["name"], entry["file"])
        except SyntaxError as error:
            file = own_file(error.filename or "")
            fail("syntax", error.msg or "invalid syntax", [file, error.lineno] if file else None, error.offset)
        except ModuleNotFoundError as error:
            fail("import", said(error), traceback_place(error.__traceback__), name=error.name)
        except BaseException as error:
            refuse(error, entry["file"])


def refuse(error, file=None):
    own = type(error).__module__.startswith(("sqlalchemy", "sqlmodel"))
    place = traceback_place(error.__traceback__) or ([own_file(file), 0] if file and own_file(file) else None)
    fail("models" if own else "exception", said(error), place)


# SQLAlchemy

try:
    import sqlalchemy
    from sqlalchemy import MetaData, Table, event
    from sqlalchemy.orm import configure_mappers
    from sqlalchemy.orm import mapper as old_mapper
    from sqlalchemy.schema import DDL, CreateTable
    from sqlalchemy.sql.elements import ClauseElement, TextClause

    try:
        from sqlalchemy.orm import Mapper
    except ImportError:
        Mapper = old_mapper
except ImportError as error:
    fail("sqlalchemy", said(error), name=error.name)

catalogs = []
places = {}
mappers = []
warnings = []


def watch():
    """Remembers what is made, in order, and where."""
    make = MetaData.__init__

    def made(self, *arguments, **options):
        make(self, *arguments, **options)
        catalogs.append(self)

    MetaData.__init__ = made

    @event.listens_for(Table, "after_parent_attach")
    def attached(table, metadata):
        place = frame_place(sys._getframe())
        if place is not None:
            places.setdefault(table, place)

    @event.listens_for(Mapper, "instrument_class")
    def instrumented(mapper, mapped):
        mappers.append(mapper)


def warn(code, message, place=None, table=None):
    file, line = place or (None, None)
    warnings.append({"code": code, "message": message, "file": file, "line": line, "table": table})


def named_catalog(name):
    module, _, path = name.partition(":")
    try:
        found = importlib.import_module(module)
        for part in filter(None, path.split(".")):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        fail("metadata", "there is no MetaData called " + name)
    found = found if isinstance(found, MetaData) else getattr(found, "metadata", None)
    if not isinstance(found, MetaData):
        fail("metadata", "there is no MetaData called " + name)
    return found


def chosen_catalogs():
    if request["metadata"]:
        return [named_catalog(request["metadata"])]
    chosen = []
    for catalog in catalogs:
        tables = [table for table in catalog.tables.values() if table in places]
        if not tables:
            continue
        if catalog.info.get("bind_key") is None:
            chosen.append(catalog)
            continue
        for table in tables:
            message = "the table %s has a bind key, so it lies in another database" % table.fullname
            warn("OTHER_DATABASE", message, places[table], table.fullname)
    return chosen


# The statements


def guarded(listener):
    """A listener of the models that needs a real connection is left out, and that is said."""

    def call(*arguments, **options):
        try:
            return listener(*arguments, **options)
        except Exception as error:
            code = getattr(listener, "__code__", None)
            file = own_file(code.co_filename) if code else None
            message = "what a DDL event does is known only to a database: " + said(error)
            warn("UNRESOLVED", message, [file, code.co_firstlineno] if file else traceback_place(error.__traceback__))

    return call


def guard_listeners(target):
    for name in ("before_create", "after_create"):
        collection = getattr(target.dispatch, name)
        for listeners in (getattr(collection, "listeners", ()), getattr(collection, "parent_listeners", ())):
            for index, listener in enumerate(list(listeners)):
                module = getattr(listener, "__module__", None) or ""
                if hasattr(listeners, "__setitem__") and not module.startswith("sqlalchemy."):
                    listeners[index] = guarded(listener)


def catalog_name(name):
    """The name as the server holds it: what is never quoted is folded."""
    return name.lower() if getattr(name, "quote", None) is False else name and str(name)


def named(thing):
    return [catalog_name(thing.schema), catalog_name(thing.name)]


def table_of(statement):
    for thing in (getattr(statement, "element", None), getattr(statement, "target", None)):
        table = thing if isinstance(thing, Table) else getattr(thing, "table", None)
        if isinstance(table, Table):
            return table
    return None


class Recorder:
    def __init__(self):
        self.statements = []
        if hasattr(sqlalchemy, "create_mock_engine"):
            self.engine = sqlalchemy.create_mock_engine("postgresql+psycopg2://", self.record)
        else:
            self.engine = sqlalchemy.create_engine("postgresql+psycopg2://", strategy="mock", executor=self.record)
        self.engine.exec_driver_sql = self.engine.execute
        # It never connects, so it doubles what a real create_all sends single.
        self.engine.dialect._backslash_escapes = False
        self.engine.dialect.identifier_preparer._double_percents = False

    def text(self, statement):
        if not isinstance(statement, ClauseElement):
            return str(statement)
        literal = {} if statement.__visit_name__.startswith(("create", "ddl")) else {"literal_binds": True}
        try:
            return str(statement.compile(dialect=self.engine.dialect, compile_kwargs=literal))
        except TypeError:
            return str(statement.compile(dialect=self.engine.dialect))

    def record(self, statement, *parameters, **options):
        if getattr(statement, "is_dml", False) or getattr(statement, "is_select", False):
            return
        table = table_of(statement)
        self.statements.append({
            "sql": self.text(statement).strip(),
            "table": named(table) if table is not None else None,
            "creates_table": isinstance(statement, CreateTable),
            "own": isinstance(statement, (str, DDL, TextClause)),
        })


# What the models say beside SQLAlchemy


def literal(value):
    content = {"kind": "other", "shown": repr(value)}
    if value is None:
        content["kind"] = "none"
    elif isinstance(value, bool):
        content["kind"], content["truth"] = "truth", value
    elif isinstance(value, str):
        content["kind"], content["text"] = "text", str.__str__(value)
    elif isinstance(value, (list, tuple, set, frozenset)):
        items = value if isinstance(value, (list, tuple)) else sorted(value, key=repr)
        content["kind"], content["items"] = "list", [literal(item) for item in items]
    elif isinstance(value, dict):
        content["kind"], content["entries"] = "map", [[literal(k), literal(v)] for k, v in value.items()]
    elif isinstance(value, ClauseElement):
        content["kind"], content["text"] = "text", str(value)
    return content


def declared(table, mapped, name):
    value = getattr(mapped, name, None) if mapped is not None else None
    return value if value is not None else table.info.get(name[2:-2])


def renamed_from(table, mapped):
    own = mapped.__dict__.get("__renamed_from__") if mapped is not None else None
    value = own if own is not None else table.info.get("renamed_from")
    if isinstance(value, str):
        return [[table.name, value]]
    pairs = value.items() if isinstance(value, dict) else ()
    return [[new, old] for new, old in pairs if isinstance(new, str) and isinstance(old, str)]


def columns_by_attribute(mapper):
    columns = {}
    for attribute in mapper.column_attrs if mapper is not None else ():
        name = getattr(attribute.columns[0], "name", None)
        if isinstance(attribute.columns[0], sqlalchemy.Column) and name:
            columns[attribute.key] = name
    return columns


def described(table, mapper):
    mapped = mapper.class_ if mapper is not None else None
    security = {}
    for name in ("__rls__", "__rls_owner__", "__rls_force__", "__grants__"):
        value = declared(table, mapped, name)
        if value is not None:
            security[name] = literal(value)
    file, line = places.get(table) or (None, None)
    return {
        "name": named(table),
        "file": file,
        "line": line,
        "security": security,
        "columns_by_attribute": columns_by_attribute(mapper) if security else {},
        "renamed_from": renamed_from(table, mapped),
    }


def types_of(catalog):
    for table in catalog.tables.values():
        for column in table.columns:
            yield column.type
            yield getattr(column.type, "item_type", None)


def schemas_of(catalog):
    owners = list(catalog.tables.values()) + list(catalog._sequences.values()) + list(types_of(catalog))
    return {catalog_name(owner.schema) for owner in owners if getattr(owner, "schema", None)}


def enums_of(catalog):
    """Those that are made elsewhere are not among the statements, but the tables need them."""
    enums = {}
    for kind in types_of(catalog):
        if isinstance(kind, sqlalchemy.Enum) and kind.name and kind.native_enum:
            enums[tuple(named(kind))] = list(kind.enums)
    return [{"name": list(name), "labels": labels} for name, labels in enums.items()]


def main():
    for path in reversed(request["paths"]):
        if path in sys.path:
            sys.path.remove(path)
        sys.path.insert(0, path)
    sys.path[:] = [path for path in sys.path if path]
    sys.meta_path.insert(0, OneModuleOneFile)
    watch()
    import_all()
    recorder = Recorder()
    try:
        chosen = chosen_catalogs()
        configure_mappers()
        by_table = {}
        for mapper in mappers:
            if not mapper.single and isinstance(mapper.local_table, Table):
                by_table.setdefault(mapper.local_table, mapper)
        tables, schemas, enums = [], set(), []
        for catalog in chosen:
            guard_listeners(catalog)
            schemas |= schemas_of(catalog)
            enums += enums_of(catalog)
            for table in catalog.tables.values():
                guard_listeners(table)
                tables.append(described(table, by_table.get(table)))
            catalog.create_all(recorder.engine, checkfirst=False)
    except Exception as error:
        refuse(error)
    answer({
        "python": sys.version.split()[0],
        "sqlalchemy": sqlalchemy.__version__,
        "schemas": sorted(schemas),
        "enums": enums,
        "statements": recorder.statements,
        "tables": tables,
        "warnings": warnings,
    })


main()
