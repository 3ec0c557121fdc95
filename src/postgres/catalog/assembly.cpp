#include "postgres/catalog/assembly.h"

#include <algorithm>

namespace postgres::catalog {

std::vector<schema::Grant> Assembly::grants(std::string_view acl, std::string_view owner, AclKind kind) const {
  return catalog::grants(acl, owner, usual_grants(kind, major_version));
}

schema::Table* Assembly::table(Oid oid) {
  const auto found = tables.find(oid);
  return found == tables.end() ? nullptr : &database.tables[found->second];
}

schema::View* Assembly::view(Oid oid) {
  const auto found = views.find(oid);
  return found == views.end() ? nullptr : &database.views[found->second];
}

std::optional<std::string> Assembly::comment(std::string_view catalog, Oid object, int column) const {
  const auto found = comments.find(std::pair{std::string(catalog), object});
  if (found == comments.end()) return std::nullopt;
  const auto text = found->second.find(column);
  if (text == found->second.end()) return std::nullopt;
  return text->second;
}

schema::TypeName Assembly::type(Oid oid, std::string_view formatted) const {
  const auto found = types.find(oid);
  if (found == types.end()) return {"", std::string(formatted), "", false};
  schema::TypeName result = found->second.name;
  // "character varying(20)[]", "timestamp(3) with time zone", "interval day to second(3)",
  // "public.geometry(Point,4326)"
  if (formatted.starts_with("interval ")) {
    result.name = "interval";
    result.modifiers = formatted.substr(9);
    if (result.array) result.modifiers.erase(result.modifiers.size() - 2);
    return result;
  }
  const auto close = formatted.rfind(')');
  if (close == std::string_view::npos) return result;
  const auto open = formatted.rfind('(', close);
  if (open == std::string_view::npos) return result;
  result.modifiers = formatted.substr(open + 1, close - open - 1);
  if (result.schema.empty()) {
    // format_type(…, -1) writes what has no modifiers in another way: bpchar, "bit".
    result.name = std::string(formatted.substr(0, open)) + std::string(formatted.substr(close + 1));
    if (result.array) result.name.erase(result.name.size() - 2);
  }
  return result;
}

std::string Assembly::attribute_name(Oid relation, int number) const {
  const auto found = attributes.find({relation, number});
  return found == attributes.end() ? std::string() : found->second.name;
}

std::vector<schema::Name> Assembly::attribute_names(Oid relation, const std::vector<std::string>& numbers) const {
  std::vector<schema::Name> names;
  for (const std::string& number : numbers) names.push_back({attribute_name(relation, std::stoi(number))});
  return names;
}

schema::QualifiedName unquoted(std::string_view text) {
  schema::QualifiedName result;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        result.name += text[i++];
      } else {
        quoted = !quoted;
      }
    } else if (text[i] == '.' && !quoted) {
      result.schema = std::move(result.name);
      result.name.clear();
    } else {
      result.name += text[i];
    }
  }
  return result;
}

std::vector<std::string> sorted(std::vector<std::string> values) {
  std::ranges::sort(values);
  return values;
}

std::vector<std::string> without_stamp(std::vector<std::string> options) {
  std::erase_if(options, [](const std::string& option) { return option.starts_with("pg_attver="); });
  return sorted(std::move(options));
}

}  // namespace postgres::catalog
