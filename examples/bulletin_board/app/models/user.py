import enum

from sqlalchemy import CheckConstraint, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Timestamped, text_30


class UserRole(enum.Enum):
    member = "member"
    moderator = "moderator"
    admin = "admin"


class User(Timestamped, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[text_30]
    role: Mapped[UserRole] = mapped_column(server_default="member")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    posts: Mapped[list["Post"]] = relationship(back_populates="author")

    __table_args__ = (
        CheckConstraint("position('@' in email) > 1", name="email"),
        Index("ix_users_lower_email", func.lower(email)),
    )
