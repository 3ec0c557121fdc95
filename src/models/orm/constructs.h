#pragma once

#include <span>
#include <string>
#include <string_view>

#include "models/core/names.h"

namespace models::orm {

/// mapped_column, relationship, declared_attr, registry, declarative_base, …
std::span<const NamedHandler> handlers();

/// "sqlalchemy.orm.Mapped" for the name out of whatever module it is imported from: "sqlalchemy.orm.base.Mapped",
/// "sqlalchemy.ext.declarative.declared_attr". The name itself if it is none of the ORM's.
std::string canonical_orm_name(std::string_view qualified_name);

}  // namespace models::orm
