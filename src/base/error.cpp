#include "base/error.h"

#include <array>
#include <utility>

namespace base {
namespace {
constexpr std::array names{
    "CONFIG_NOT_FOUND",    "CONFIG_INVALID",     "DB_CONNECTION",    "DB_PERMISSION",
    "PARSE_ERROR",         "MODELS_NOT_FOUND",   "MODEL_INVALID",    "RLS_INVALID",
    "DANGEROUS_MIGRATION", "PENDING_MIGRATIONS", "HISTORY_CONFLICT", "LOCKED",
    "MIGRATION_FAILED",    "INTERNAL",
};
static_assert(names.size() == std::to_underlying(ErrorCode::Internal) + 1);
}  // namespace

std::string_view text(ErrorCode code) { return names.at(std::to_underlying(code)); }

std::unexpected<Error> failure(ErrorCode code, std::string message, std::string hint, Place place) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.hint = std::move(hint);
  error.place = std::move(place);
  return std::unexpected(std::move(error));
}

std::unexpected<Error> within(Error error, std::string context) {
  error.context.push_back(std::move(context));
  return std::unexpected(std::move(error));
}

}  // namespace base
