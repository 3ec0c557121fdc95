"""PostgreSQL makes one index of a primary key and a unique constraint that are alike: an unnamed key takes its name."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, String, Table, UniqueConstraint

metadata = MetaData()
named = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"})

Table("roms", metadata, Column("id", Integer, primary_key=True), UniqueConstraint("id", name="one_rom"))
Table(
    "collections_roms",
    metadata,
    Column("collection", Integer, primary_key=True),
    Column("rom", Integer, ForeignKey("roms.id"), primary_key=True),
    UniqueConstraint("collection", "rom"),
    UniqueConstraint("rom", "collection", name="other_order"),
    UniqueConstraint("collection", "rom", name="unique_collection_rom"),
    UniqueConstraint("collection", "rom", name="named_too_late"),
)
Table(
    "deferred",
    metadata,
    Column("id", String, primary_key=True),
    UniqueConstraint("id", name="deferred_unique", deferrable=True),
)
Table(
    "named",
    metadata,
    Column("id", String),
    PrimaryKeyConstraint("id", name="the_key"),
    UniqueConstraint("id", name="not_the_key"),
)
Table(
    "convention",
    named,
    Column("id", Integer, primary_key=True),
    UniqueConstraint("id"),
)
