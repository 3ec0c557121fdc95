"""Before 2.0 columns stand in the order in which they were made, wherever they come from; so do those of a key."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()


class TemplateBase(Base):
    __abstract__ = True

    id = Column(String(36), primary_key=True)
    name = Column(String(255), nullable=False)

    @declared_attr
    def owner(cls):
        return Column(String(36), primary_key=True)


class Stamped:
    stamp = Column(String(20), primary_key=True)


class Template(Stamped, TemplateBase):
    __tablename__ = "template"

    version = Column(Integer, default=0)


class History(TemplateBase, Stamped):
    __tablename__ = "template_history"

    version = Column(Integer, primary_key=True, nullable=False)
    note = Column(String)
