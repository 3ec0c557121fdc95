"""Flask-Security: mixins without columns. Its own model classes (flask_security.models) are not described."""
import __outside__.flask_security as _outside
from sqlalchemy import TypeDecorator, UnicodeText


class UserMixin:
    pass


class RoleMixin:
    pass


class WebAuthnMixin:
    pass


class AsaList(TypeDecorator):
    impl = UnicodeText
    cache_ok = True


def __getattr__(name):
    return getattr(_outside, name)
