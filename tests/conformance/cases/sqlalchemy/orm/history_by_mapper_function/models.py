"""`__mapper_cls__` makes the mapper of a class, and a table of its history beside it."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, util
from sqlalchemy.orm import Mapper, declarative_base, declared_attr

Base = declarative_base()


def history_mapper(local_mapper):
    cls = local_mapper.class_
    for prop in local_mapper.iterate_properties:
        prop.active_history = True
    columns = []
    for column in local_mapper.local_table.c:
        copied = column.copy()
        column.info["history_copy"] = copied
        copied.unique = False
        if copied.nullable:
            copied.default = copied.server_default = None
        columns.append(copied)
    columns.append(Column("version", Integer, primary_key=True, autoincrement=False))
    table = Table(
        f"{local_mapper.local_table.name}_history",
        local_mapper.local_table.metadata,
        *columns,
        schema=local_mapper.local_table.schema,
    )
    versioned = type.__new__(type, f"{cls.__name__}History", cls.__bases__, {})
    cls.__history_mapper__ = local_mapper.registry.map_imperatively(versioned, table, properties=util.OrderedDict())
    local_mapper.local_table.append_column(Column("version", Integer, default=1, nullable=False))
    local_mapper.add_property("version", local_mapper.local_table.c.version)


class Versioned:
    @declared_attr
    def __mapper_cls__(cls):
        def map(cls, *arguments, **keywords):
            made = Mapper(cls, *arguments, **keywords)
            history_mapper(made)
            return made

        return map


class Service(Base, Versioned):
    __tablename__ = "services"

    id = Column(Integer, primary_key=True)
    name = Column(String(255), unique=True, nullable=False)
    note = Column(String, server_default="none")


class Key(Base, Versioned):
    __tablename__ = "api_keys"

    id = Column(Integer, primary_key=True)
    service_id = Column(Integer, ForeignKey("services.id"), index=True, nullable=False)
