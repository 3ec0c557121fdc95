#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/arguments.h"
#include "schema/policy.h"

/// The words of the public contract for values of the program.
namespace report {

std::string_view name_of(app::Command command);
std::string_view name_of(schema::PolicyCommand command);
std::string_view name_of(schema::Declaration declaration);

/// Several statements as one text: "a; b".
std::string joined_statements(const std::vector<std::string>& statements);

}  // namespace report
