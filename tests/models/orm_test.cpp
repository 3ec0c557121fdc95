#include <gtest/gtest.h>

#include "models/orm/annotation.h"
#include "reading_support.h"

namespace models {
namespace {

const std::string base_class = R"(
from typing import Annotated, Optional
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

class Base(DeclarativeBase):
    pass

)";

TEST(OrmTest, QuotedPartsLoseTheirMetadata) {
  EXPECT_TRUE(orm::loses_metadata("Mapped[Annotated[str, mapped_column(Text)]]"));
  EXPECT_TRUE(orm::loses_metadata("Mapped[Optional[Annotated[int, mapped_column(BigInteger)]]]"));
  EXPECT_FALSE(orm::loses_metadata("Mapped[Annotated[Optional[str], mapped_column(Text)]]"));
  EXPECT_FALSE(orm::loses_metadata("Mapped[template]"));
  EXPECT_FALSE(orm::loses_metadata("Mapped[Annotated[str, mapped_column(Text)] | None]"));
}

TEST(OrmTest, ReadsAnnotations) {
  EXPECT_EQ(told(base_class + R"(
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    nick: Mapped[Optional[str]]
)"),
            "users: id integer! serial, name character varying(30)!, nick character varying | pk id | unique name\n");
}

TEST(OrmTest, MixesColumnsIn) {
  EXPECT_EQ(told(base_class + R"(
class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("owner.id"))

    note: Mapped[Optional[str]]

class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)

class Thing(Owned, Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)
)"),
            "owner: id integer! serial | pk id\n"
            "thing: id integer! serial, note character varying, owner_id integer! | pk id | fk owner_id owner.id\n");
}

TEST(OrmTest, PutsColumnsOfSingleTableClassesIntoTheTableAbove) {
  EXPECT_EQ(told(base_class + R"(
class Animal(Base):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)

class Goat(Animal):
    horns: Mapped[Optional[int]]

class Fish(Animal):
    __tablename__ = "fish"
    id: Mapped[int] = mapped_column(ForeignKey("animal.id"), primary_key=True)
)"),
            "animal: id integer! serial, horns integer | pk id\n"
            "fish: id integer! | pk id | fk id animal.id\n");
}

TEST(OrmTest, RefusesATableWithoutKey) {
  EXPECT_EQ(told(base_class + "class A(Base):\n    __tablename__ = 'a'\n    x: Mapped[int]\n"),
            "MODEL_INVALID: the class A is mapped to the table a, which has no primary key column");
}

TEST(OrmTest, KeepsWhatAnUnknownBaseHides) {
  const auto models = read_project({{"models.py", base_class + R"(
from acme import Mixin

class A(Mixin, Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
)"}});
  ASSERT_TRUE(models);
  EXPECT_FALSE(models->reading.unresolved.empty());
  EXPECT_EQ(models->reading.database.tables.size(), 1U);
}

TEST(SqlModelTest, ReadsFields) {
  EXPECT_EQ(told(R"(
from decimal import Decimal
from sqlmodel import Field, SQLModel

class Priced(SQLModel):
    price: Decimal = Field(max_digits=8, decimal_places=2)

class Item(Priced, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=20, index=True)
    note: str | None = None
)"),
            "item: price numeric(8,2)!, id integer! serial, name character varying(20)!, note character varying"
            " | pk id | index ix_item_name\n");
}

TEST(SqlModelTest, TakesDefaultsOfSettingsAndLeavesTheEnvironmentUnknown) {
  EXPECT_EQ(told(R"(
from pydantic_settings import BaseSettings
from sqlmodel import Field, SQLModel, create_engine

class Settings(BaseSettings):
    length: int = 7
    database_url: str

settings = Settings()
engine = create_engine(str(settings.database_url))
Settings.model_rebuild()
names = Settings.model_fields

class Item(SQLModel, table=True):
    name: str = Field(max_length=settings.length, primary_key=True)
)"),
            "item: name character varying(7)! | pk name\n");
}

TEST(CompanionTest, NamesTablesLikeFlaskSqlAlchemy) {
  EXPECT_EQ(told(R"(
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class BlogPost(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Draft(BlogPost):
    note = db.Column(db.String(9))
)"),
            "blog_post: id integer! serial, note character varying(9) | pk id\n");
}

TEST(CompanionTest, KnowsBasesOfFastapiUsers) {
  EXPECT_EQ(told(base_class + R"(
from fastapi_users_db_sqlalchemy import SQLAlchemyBaseUserTableUUID

class User(SQLAlchemyBaseUserTableUUID, Base):
    pass
)"),
            "user: id uuid!, email character varying(320)!, hashed_password character varying(1024)!, "
            "is_active boolean!, is_superuser boolean!, is_verified boolean! | pk id | index ix_user_email\n");
}

}  // namespace
}  // namespace models
