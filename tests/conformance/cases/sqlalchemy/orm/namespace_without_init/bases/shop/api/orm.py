from shop.base import Base
from shop.store.orm import Product
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Visit(Base):
    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey(Product.id))
