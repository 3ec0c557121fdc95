#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diff/change.h"
#include "schema/facts.h"

/// Reasons why a change may hurt. Nothing here asks a server or writes SQL: facts come in, reasons go out.
namespace risk {

enum class Severity { Safe, Caution, Danger };

/// "safe", "caution", "danger".
std::string_view text(Severity severity);

/// Why. Every code has an entry in docs/risks.md.
struct Reason {
  std::string code;  ///< stable, upper case: DATA_LOSS, TABLE_REWRITE, …
  Severity severity = Severity::Caution;
  std::string text;  ///< one sentence, with figures where there are any

  bool operator==(const Reason&) const = default;
};

/// The worst of the reasons; safe without any.
Severity worst(const std::vector<Reason>& reasons);

}  // namespace risk
