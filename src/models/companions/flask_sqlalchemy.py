"""Flask-SQLAlchemy: `db = SQLAlchemy()`, `db.Model` with its table names, `db.Table`, bind keys."""
import re

import __outside__.flask_sqlalchemy as _outside
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import DeclarativeBase, DeclarativeBaseNoMeta, declared_attr

_ORM_NAMES = {
    "AliasedClass", "Bundle", "ColumnProperty", "Composite", "DeclarativeBase", "DeclarativeBaseNoMeta",
    "DeclarativeMeta", "DynamicMapped", "InstrumentedAttribute", "Load", "Mapped", "MappedAsDataclass", "MappedColumn",
    "Mapper", "PropComparator", "Query", "QueryableAttribute", "Relationship", "RelationshipProperty", "Session",
    "Synonym", "WriteOnlyMapped", "aliased", "as_declarative", "attribute_keyed_dict", "attribute_mapped_collection",
    "backref", "class_mapper", "clear_mappers", "close_all_sessions", "column_keyed_dict", "column_mapped_collection",
    "column_property", "composite", "configure_mappers", "contains_alias", "contains_eager", "declarative_base",
    "declarative_mixin", "declared_attr", "defaultload", "defer", "deferred", "dynamic_loader", "foreign",
    "has_inherited_table", "immediateload", "join", "joinedload", "lazyload", "load_only", "mapped_collection",
    "mapped_column", "mapper", "mapperlib", "noload", "object_mapper", "object_session", "outerjoin",
    "orm_insert_sentinel", "polymorphic_union", "query_expression", "raiseload", "reconstructor", "registry",
    "relation", "relationship", "remote", "scoped_session", "selectin_polymorphic", "selectinload", "sessionmaker",
    "subqueryload", "synonym", "synonym_for", "undefer", "undefer_group", "validates", "was_deleted",
    "with_expression", "with_loader_criteria", "with_parent", "with_polymorphic",
}


def camel_to_snake_case(name):
    name = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return name.lower().lstrip("_")


def _is_mapped_base(cls):
    return hasattr(cls, "_sa_registry")


def should_set_tablename(cls):
    if cls.__dict__.get("__abstract__", False) or not any(_is_mapped_base(base) for base in cls.__mro__[1:]):
        return False
    for base in cls.__mro__:
        if "__tablename__" not in base.__dict__:
            continue
        if isinstance(base.__dict__["__tablename__"], declared_attr):
            return False
        return not (base is cls or base.__dict__.get("__abstract__", False) or not _is_mapped_base(base))
    return True


class BindMixin:
    """Models with a bind key lie in a MetaData of that key."""

    def __init_subclass__(cls, **kwargs):
        if not ("metadata" in cls.__dict__ or "__table__" in cls.__dict__) and hasattr(cls, "__bind_key__"):
            metadata = cls.__fsa__._make_metadata(cls.__bind_key__)
            if metadata is not cls.metadata:
                cls.metadata = metadata
        super().__init_subclass__(**kwargs)


class NameMixin:
    """Tables are called like their class; a class without a key of its own shares the table above it."""

    def __init_subclass__(cls, **kwargs):
        if should_set_tablename(cls):
            cls.__tablename__ = camel_to_snake_case(cls.__name__)
        super().__init_subclass__(**kwargs)

    @classmethod
    def __table_cls__(cls, *args, **kwargs):
        schema = kwargs.get("schema")
        key = args[0] if schema is None else f"{schema}.{args[0]}"
        if key in cls.metadata.tables:
            return sa.Table(*args, **kwargs)
        for arg in args:
            if (isinstance(arg, sa.Column) and arg.primary_key) or isinstance(arg, sa.PrimaryKeyConstraint):
                return sa.Table(*args, **kwargs)
        for base in cls.__mro__[1:-1]:
            if "__table__" in base.__dict__:
                break
        else:
            return sa.Table(*args, **kwargs)
        if "__tablename__" in cls.__dict__:
            del cls.__tablename__
        return None


class Model:
    query_class = None
    query = None


class SQLAlchemy:
    def __init__(self, app=None, *, metadata=None, session_options=None, query_class=None, model_class=Model,
                 engine_options=None, add_models_to_shell=True, disable_autonaming=False, use_native_unicode=True):
        self.metadatas = {}
        if metadata is not None:
            self.metadatas[None] = metadata
        self.Model = self._make_declarative_base(model_class, disable_autonaming)
        self.session = _outside.session
        self.Query = _outside.Query

    def _make_declarative_base(self, model_class, disable_autonaming):
        mixins = (BindMixin,) if disable_autonaming else (BindMixin, NameMixin)
        if issubclass(model_class, DeclarativeBase) or issubclass(model_class, DeclarativeBaseNoMeta):
            model = type("FlaskSQLAlchemyBase", (*mixins, Model, model_class), {"__abstract__": True, "__fsa__": self})
        elif _is_mapped_base(model_class):
            model = model_class
        else:
            body = {"__fsa__": self}
            if None in self.metadatas:
                body["metadata"] = self.metadatas[None]
            model = type("Model", (*mixins, model_class, DeclarativeBase), body)
        if None not in self.metadatas:
            self.metadatas[None] = model.metadata
        elif model.metadata is not self.metadatas[None]:
            model.metadata = self.metadatas[None]
        return model

    def _make_metadata(self, bind_key):
        if bind_key not in self.metadatas:
            convention = self.metadatas[None].naming_convention
            self.metadatas[bind_key] = sa.MetaData(naming_convention=convention, info={"bind_key": bind_key})
        return self.metadatas[bind_key]

    @property
    def metadata(self):
        return self.metadatas[None]

    def Table(self, name, *args, bind_key=None, metadata=None, **kwargs):
        if args and isinstance(args[0], sa.MetaData):
            return sa.Table(name, *args, **kwargs)
        if metadata is None:
            metadata = self._make_metadata(bind_key)
        return sa.Table(name, metadata, *args, **kwargs)

    def init_app(self, app):
        pass

    def create_all(self, *args, **kwargs):
        pass

    def drop_all(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name in ("engine", "engines", "get_engine", "select_", "first_or_404", "get_or_404", "one_or_404", "paginate"):
            return getattr(_outside, name)
        if name in _ORM_NAMES:
            return getattr(orm, name)
        return getattr(sa, name)


def __getattr__(name):
    return getattr(_outside, name)
