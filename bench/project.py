"""A synthetic project: as many models as asked, twenty a file, with mixins, enums, server defaults, checks, expression and
partial indexes, and references."""
import pathlib

BASE = '''import enum
from datetime import datetime
from sqlalchemy import DateTime, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Color(enum.Enum):
    red = "red"
    green = "green"
    blue = "blue"


class Timed:
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), onupdate=func.now())


class Keyed:
    id: Mapped[int] = mapped_column(primary_key=True)
'''

HEAD = '''from decimal import Decimal
from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from .base import Base, Color, Keyed, Timed
'''

MODEL = '''

class Model{n}(Keyed, Timed, Base):
    __tablename__ = "model_{n}"
    __table_args__ = (
        UniqueConstraint("code", "kind", name="uq_model_{n}_code_kind"),
        CheckConstraint("amount >= 0", name="ck_model_{n}_amount"),
        CheckConstraint("kind in ('a', 'b', 'c')", name="ck_model_{n}_kind"),
        Index("ix_model_{n}_lower_name", func.lower(text("name"))),
        Index("ix_model_{n}_active", "code", postgresql_where=text("active")),
    )
    name: Mapped[str] = mapped_column(String(80), index=True)
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(8), server_default="a")
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2), server_default=text("0"))
    notes: Mapped[str | None] = mapped_column(Text)
    color: Mapped[Color] = mapped_column(Enum(Color, name="color"), server_default="red")
    data: Mapped[dict] = mapped_column(JSONB, server_default=text("'{{}}'::jsonb"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("model_{parent}.id", ondelete="CASCADE"), index=True)
    parent: Mapped["Model{parent} | None"] = relationship(remote_side="Model{parent}.id")
'''


def write(folder: pathlib.Path, count: int, a_file: int = 20) -> None:
    package = folder / "app" / "models"
    package.mkdir(parents=True)
    (folder / "app" / "__init__.py").write_text("")
    (package / "base.py").write_text(BASE)
    files = []
    for first in range(0, count, a_file):
        files.append(f"part_{first // a_file}")
        models = "".join(MODEL.format(n=n, parent=max(0, n - 1)) for n in range(first, min(first + a_file, count)))
        (package / f"{files[-1]}.py").write_text(HEAD + models)
    (package / "__init__.py").write_text("".join(f"from .{name} import *\n" for name in files))
