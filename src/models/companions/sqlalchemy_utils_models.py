"""SQLAlchemy-Utils: what it has beside types."""
from datetime import datetime

from sqlalchemy import Column, DateTime


class Timestamp:
    created = Column(DateTime, default=datetime.utcnow, nullable=False)
    updated = Column(DateTime, default=datetime.utcnow, nullable=False)


def generic_repr(*fields):
    if len(fields) == 1 and isinstance(fields[0], type):
        return fields[0]
    return lambda cls: cls


def force_auto_coercion(*args, **kwargs):
    pass


def force_instant_defaults(*args, **kwargs):
    pass


def observes(*paths, **kwargs):
    return lambda function: function
