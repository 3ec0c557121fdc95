#include "models/core/server_names.h"

#include <algorithm>

#include "base/text.h"

namespace models {
namespace {

constexpr std::size_t limit = 63;  // NAMEDATALEN - 1

}  // namespace

std::string clipped_identifier(std::string_view name) { return base::clipped(name, limit); }

std::string object_name(std::string_view first, std::string_view second, std::string_view label) {
  std::size_t overhead = 0;
  if (!second.empty()) overhead += 1;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = overhead < limit ? limit - overhead : 0;
  std::size_t first_size = first.size();
  std::size_t second_size = second.size();
  while (first_size + second_size > available) --(first_size > second_size ? first_size : second_size);
  std::string name = base::clipped(first, first_size);
  if (!second.empty()) name += "_" + base::clipped(second, second_size);
  if (!label.empty()) name.append("_").append(label);
  return name;
}

std::string name_addition(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined += '_';
    joined += clipped_identifier(column);
    if (joined.size() > limit) break;
  }
  return joined;
}

std::vector<std::string> distinct_names(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    std::string candidate = name;
    for (int number = 1; std::ranges::find(result, candidate) != result.end(); ++number) {
      const std::string suffix = std::to_string(number);
      candidate = base::clipped(name, limit - suffix.size()) + suffix;
    }
    result.push_back(std::move(candidate));
  }
  return result;
}

std::string ServerNames::choose_relation(const std::string& schema, std::string_view first, std::string_view second,
                                         std::string_view label, bool constraint) {
  std::string name = object_name(first, second, label);
  for (int pass = 1; relations_.contains({schema, name}) || (constraint && constraints_.contains({schema, name}));
       ++pass) {
    name = object_name(first, second, std::string(label) + std::to_string(pass));
  }
  take_relation(schema, name);
  if (constraint) take_constraint(schema, name);
  return name;
}

std::string ServerNames::choose_constraint(const std::string& schema, std::string_view first, std::string_view second,
                                           std::string_view label) {
  std::string name = object_name(first, second, label);
  for (int pass = 1; constraints_.contains({schema, name}); ++pass) {
    name = object_name(first, second, std::string(label) + std::to_string(pass));
  }
  take_constraint(schema, name);
  return name;
}

}  // namespace models
