"""A function of a library that is known by name alone may give a column: nobody can tell without running it."""

from sqlalchemy.ext.unheard_of import stamped_column
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Stamped:
    stamp: Mapped[str] = stamped_column()


class Parcel(Base):
    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    sent: Mapped[str] = stamped_column(nullable=False)


class Route(Stamped, Base):
    __tablename__ = "route"

    id: Mapped[int] = mapped_column(primary_key=True)


class Depot(Base):
    __tablename__ = "depot"

    id: Mapped[int] = mapped_column(primary_key=True)
