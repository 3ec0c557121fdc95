#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace config {

struct Host {
  std::string
      name;  ///< a name, an address (IPv6 without brackets) or the folder of a unix socket; empty: libpq's default
  std::string port;  ///< digits; empty: 5432

  bool operator==(const Host&) const = default;
};

struct Parameter {
  std::string name;   ///< as libpq spells it
  std::string value;  ///< decoded

  bool operator==(const Parameter&) const = default;
};

/// Where a PostgreSQL database is: a libpq or SQLAlchemy URL taken apart, every part decoded.
struct DatabaseUrl {
  bool embedded = false;  ///< the word `embedded`: the project's own private server; nothing else is set
  std::optional<std::string> user;
  std::optional<std::string> password;
  std::vector<Host> hosts;
  std::string database;  ///< empty: libpq's default, the user's name
  std::vector<Parameter> parameters;
  std::vector<std::string> ignored;  ///< names of query parameters that neither libpq nor a known Python driver has

  bool operator==(const DatabaseUrl&) const = default;
};

/// Reads `embedded`, `postgresql://…`, `postgres://…` and `postgresql+DRIVER://…`. Query parameters of the Python
/// drivers become libpq's (`ssl=require` of asyncpg is `sslmode=require`) or are left out where they concern Python
/// alone. CONFIG_INVALID otherwise; the message never holds a password.
base::Result<DatabaseUrl> parse_url(std::string_view text);

/// The URL for libpq, password included; `embedded` for the embedded server.
std::string libpq_url(const DatabaseUrl& url);

/// `PostgreSQL host:port/database`, as reports name a database.
std::string label(const DatabaseUrl& url);

/// The URL without its secrets, for people; of a malformed one, no more than its scheme.
std::string redacted(std::string_view text);

}  // namespace config
