"""SQLAlchemy-Continuum: makes a version table beside each table when mappers are configured; these are not read."""
import __outside__.sqlalchemy_continuum as _outside
from __companion__ import not_read


def make_versioned(*args, **kwargs):
    not_read("the version tables of sqlalchemy_continuum")


def __getattr__(name):
    return getattr(_outside, name)
