"""neutron-lib: its base, its mixins and the sizes that columns are declared with."""
import __outside__.neutron_lib as _outside
from oslo_db.sqlalchemy.models import ModelBase
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, String, TypeDecorator
from sqlalchemy.orm import declarative_base, declared_attr, relationship

NAME_FIELD_SIZE = 255
LONG_DESCRIPTION_FIELD_SIZE = 1024
DESCRIPTION_FIELD_SIZE = 255
PROJECT_ID_FIELD_SIZE = 255
DEVICE_ID_FIELD_SIZE = 255
DEVICE_OWNER_FIELD_SIZE = 255
UUID_FIELD_SIZE = 36
STATUS_FIELD_SIZE = 16
IP_ADDR_FIELD_SIZE = 64
MAC_ADDR_FIELD_SIZE = 32
RESOURCE_TYPE_FIELD_SIZE = 255
FQDN_FIELD_SIZE = 255
AZ_HINTS_DB_LEN = 255
DB_INTEGER_MAX_VALUE = 2**31 - 1


class HasProject:
    project_id = Column(String(PROJECT_ID_FIELD_SIZE), index=True)


class HasProjectNoIndex(HasProject):
    project_id = Column(String(PROJECT_ID_FIELD_SIZE))


class HasProjectPrimaryKeyIndex(HasProject):
    project_id = Column(String(PROJECT_ID_FIELD_SIZE), nullable=False, primary_key=True, index=True)


class HasProjectPrimaryKey(HasProject):
    project_id = Column(String(PROJECT_ID_FIELD_SIZE), nullable=False, primary_key=True)


class HasId:
    id = Column(String(UUID_FIELD_SIZE), primary_key=True)


class HasStatusDescription:
    status = Column(String(STATUS_FIELD_SIZE), nullable=False)
    status_description = Column(String(DESCRIPTION_FIELD_SIZE))


class NeutronBaseV2(ModelBase):
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"


BASEV2 = declarative_base(cls=NeutronBaseV2)


class IPAddress(TypeDecorator):
    impl = String(64)


class CIDR(TypeDecorator):
    impl = String(64)


class MACAddress(TypeDecorator):
    impl = String(64)


class TruncatedDateTime(TypeDecorator):
    impl = DateTime


class StandardAttribute(BASEV2):
    id = Column(BigInteger(), primary_key=True, autoincrement=True)
    resource_type = Column(String(255), nullable=False)
    description = Column(String(DESCRIPTION_FIELD_SIZE))
    revision_number = Column(BigInteger(), server_default="0", nullable=False)
    created_at = Column(TruncatedDateTime)
    updated_at = Column(TruncatedDateTime)


class HasStandardAttributes:
    @declared_attr
    def standard_attr_id(cls):
        return Column(
            BigInteger(), ForeignKey(StandardAttribute.id, ondelete="CASCADE"), unique=True, nullable=False
        )

    @declared_attr
    def standard_attr(cls):
        return relationship(StandardAttribute)


def __getattr__(name):
    return getattr(_outside, name)
