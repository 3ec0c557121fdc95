#include "rls/message.h"

namespace rls {

std::unexpected<base::Error> invalid(const Declaration& declaration, const std::string& message,
                                     const std::string& hint) {
  std::string whole = base::text(declaration.place);
  if (!whole.empty()) whole += ": ";
  whole += "table " + declaration.table.name + ": " + message;
  return base::failure(base::ErrorCode::RlsInvalid, whole, hint, declaration.place);
}

}  // namespace rls
