#include "config/document.h"

#include <fmt/format.h>

// The only door to tomlplusplus; header-only, so that the program needs no library of it at run time.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
// Its assertions do not hold for malformed keys, which it refuses properly right after them; in a release build they
// would be assumptions instead.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

namespace config {
namespace {

Setting converted(const toml::node& node, const std::string& file);

base::Place place_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Setting::List list(const toml::array& array, const std::string& file) {
  Setting::List result;
  for (const toml::node& element : array) result.push_back(converted(element, file));
  return result;
}

Setting::Table table(const toml::table& source, const std::string& file) {
  Setting::Table result;
  for (const auto& [key, node] : source) {
    Setting setting = converted(node, file);
    if (key.source().begin.line != 0) setting.place = place_of(key.source(), file);
    result.emplace_back(std::string(key.str()), std::move(setting));
  }
  return result;
}

Setting converted(const toml::node& node, const std::string& file) {
  Setting setting{{}, place_of(node.source(), file)};
  if (const auto* nested = node.as_table()) setting.value = table(*nested, file);
  if (const auto* array = node.as_array()) setting.value = list(*array, file);
  if (const auto* text = node.as_string()) setting.value = text->get();
  if (const auto* flag = node.as_boolean()) setting.value = flag->get();
  if (const auto* integer = node.as_integer()) setting.value = integer->get();
  if (const auto* number = node.as_floating_point()) setting.value = number->get();
  return setting;
}

}  // namespace

const Setting* member(const Setting& table, const std::string& key) {
  const auto* members = std::get_if<Setting::Table>(&table.value);
  if (members == nullptr) return nullptr;
  for (const auto& [name, setting] : *members) {
    if (name == key) return &setting;
  }
  return nullptr;
}

base::Result<Setting> parse_toml(const std::string& bytes, const std::string& file) {
  try {
    return converted(toml::parse(bytes, file), file);
  } catch (const toml::parse_error& error) {
    const base::Place place = place_of(error.source(), file);
    return base::failure(base::ErrorCode::ConfigInvalid, fmt::format("{}: {}", text(place), error.description()),
                         "mend the TOML syntax of " + file, place);
  }
}

}  // namespace config
