import enum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Timestamped


class PostStatus(enum.Enum):
    draft = "draft"
    published = "published"
    archived = "archived"


class Post(Timestamped, Base):
    __tablename__ = "posts"
    __rls__ = {"select": "public_read", "insert": "owner", "update": "owner", "delete": "owner"}
    __rls_owner__ = "author_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[PostStatus] = mapped_column(server_default="draft")
    author: Mapped["User"] = relationship(back_populates="posts")
    tags: Mapped[list["Tag"]] = relationship(secondary="post_tags", back_populates="posts")

    __table_args__ = (
        Index("ix_posts_published", "created_at", postgresql_where=text("status = 'published'")),
        {"comment": "what people write"},
    )
