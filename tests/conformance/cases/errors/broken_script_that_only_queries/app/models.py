from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Goat(Base):
    __tablename__ = "goat"

    id = Column(Integer, primary_key=True)
