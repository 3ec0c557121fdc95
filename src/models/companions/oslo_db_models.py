"""oslo.db: its base and mixins."""
import __outside__.oslo_db as _outside
from sqlalchemy import Column, DateTime, Integer


class ModelBase:
    pass


class ModelIterator:
    pass


class TimestampMixin:
    created_at = Column(DateTime, default=lambda: None)
    updated_at = Column(DateTime, onupdate=lambda: None)


class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)


def __getattr__(name):
    return getattr(_outside, name)
