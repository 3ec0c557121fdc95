#pragma once

#include <string>

#include "base/error.h"
#include "postgres/connection.h"

namespace migration {

/// The statement builds or drops an index CONCURRENTLY, or does something else that waits for old transactions without
/// blocking new ones.
bool is_concurrent(const std::string& sql);

/// Where the statement is CREATE INDEX CONCURRENTLY and an invalid index of its name is left of a failed try: drops it.
base::Result<void> drop_invalid_index(postgres::Connection& connection, const std::string& sql);

}  // namespace migration
