#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"

namespace base {

/// The error codes of the public contract. `text` gives the code as the JSON shows it.
enum class ErrorCode {
  ConfigNotFound,
  ConfigInvalid,
  DbConnection,
  DbPermission,
  ParseError,
  ModelsNotFound,
  ModelInvalid,
  RlsInvalid,
  DangerousMigration,
  PendingMigrations,
  HistoryConflict,
  Locked,
  MigrationFailed,
  Internal,
};

std::string_view text(ErrorCode code);

/// An operation that failed. One flat value: each level that passes it on adds what it was doing to `context`.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::string hint;                  ///< what the user can do about it
  Place place;                       ///< where in the user's files, if anywhere
  std::string sqlstate;              ///< PostgreSQL's SQLSTATE, if the server said it
  std::vector<std::string> context;  ///< innermost first: "while reading the catalogs of …"

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for `return std::unexpected(Error{…})`.
std::unexpected<Error> failure(ErrorCode code, std::string message, std::string hint = {}, Place place = {});

/// The error with one more level of context.
std::unexpected<Error> within(Error error, std::string context);

}  // namespace base
