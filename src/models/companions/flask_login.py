"""Flask-Login: mixins without columns."""
import __outside__.flask_login as _outside


class UserMixin:
    pass


class AnonymousUserMixin:
    pass


def __getattr__(name):
    return getattr(_outside, name)
