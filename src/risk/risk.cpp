#include "risk/risk.h"

#include <algorithm>

namespace risk {

std::string_view text(Severity severity) {
  switch (severity) {
    case Severity::Safe:
      return "safe";
    case Severity::Caution:
      return "caution";
    case Severity::Danger:
      return "danger";
  }
  return "danger";
}

Severity worst(const std::vector<Reason>& reasons) {
  Severity result = Severity::Safe;
  for (const Reason& reason : reasons) result = std::max(result, reason.severity);
  return result;
}

}  // namespace risk
