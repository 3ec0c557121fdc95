import enum
import datetime
import sqlalchemy
from sqlalchemy.testing import schema as testing
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class A(enum.Enum):
    x = "xx"
    y = "yy"
class B(str, enum.Enum):
    p = "pp"
class C(enum.StrEnum):
    q = "qq"
class Base(DeclarativeBase):
    type_annotation_map = {
        datetime.datetime: sqlalchemy.DateTime(),
        enum.Enum: sqlalchemy.Enum(enum.Enum, values_callable=lambda x: [e.value for e in x]),
    }
class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[A]
    b: Mapped[B | None]
    c: Mapped[C]
    d: Mapped[A] = mapped_column(sqlalchemy.Enum(A, values_callable=lambda x: [e.value for e in x]))


class Plain(DeclarativeBase):
    type_annotation_map = {enum.Enum: sqlalchemy.Enum(enum.Enum, native_enum=False)}


class Wrapped(Plain):
    __tablename__ = "wrapped"

    id: Mapped[int] = testing.mapped_column(primary_key=True)
    color: Mapped[B]
    other: Mapped[C] = testing.mapped_column(index=True)
    plain = testing.Column(sqlalchemy.Integer, nullable=False)


testing.Table("core", Plain.metadata, testing.Column("id", sqlalchemy.Integer, primary_key=True))
