"""Listeners on mappers may give the tables of mapped classes what the classes do not say."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, event
from sqlalchemy import orm
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column


class SearchManager:
    def __init__(self):
        self.done = []

    def process(self, mapper, cls):
        for column in mapper.persist_selectable.c:
            if isinstance(column.type, TSVECTOR) and column not in self.done:
                Index("_".join((column.table.name, column.name, "idx")), column, postgresql_using="gin")
                self.done.append(column)

    def never(self, mapper, cls):
        Index("never_" + cls.__tablename__, mapper.local_table.c.id)


manager = SearchManager()
event.listen(orm.mapper, "instrument_class", manager.process)
event.listen(Mapper, "instrument_class", manager.never)
event.remove(Mapper, "instrument_class", manager.never)


class Base(DeclarativeBase):
    pass


class Named(Base):
    __abstract__ = True

    name: Mapped[str]


@event.listens_for(Named, "instrument_class", propagate=True)
def name_is_short(mapper, cls):
    table = mapper.local_table
    table.append_constraint(CheckConstraint(table.c.name != "", name=f"{table.name}_name"))


@event.listens_for(Base, "instrument_class")
def of_the_base_alone(mapper, cls):
    raise AssertionError


@event.listens_for(Mapper, "after_configured")
def all_known():
    Table("configured", Base.metadata, Column("tables", Integer, server_default=str(len(Base.metadata.tables))))


class Article(Named):
    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    vector: Mapped[str] = mapped_column(TSVECTOR)


class Author(Named):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)


@event.listens_for(Author, "mapper_configured")
def born(mapper, cls):
    mapper.local_table.append_column(Column("born", String(10)))
