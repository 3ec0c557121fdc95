#include <algorithm>
#include <optional>
#include <ranges>

#include "base/text.h"
#include "diff/rename.h"

/// What the user and the models say about renames, resolved against the two states.
namespace diff {
namespace {

using schema::Database;
using schema::EnumType;
using schema::Name;
using schema::QualifiedName;
using schema::Table;

using Parts = std::vector<std::string>;

/// Splits outside double quotes and takes the quotes off.
Parts split_name(std::string_view text, char separator) {
  Parts parts{""};
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool doubled = quoted && text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"';
    if (doubled) {
      parts.back() += '"';
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == separator && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += text[at];
    }
  }
  return parts;
}

/// The two sides of OLD=NEW, quotes kept.
std::optional<std::pair<std::string, std::string>> sides(std::string_view text) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] != '=' || quoted) continue;
    std::string before{base::trimmed(text.substr(0, at))};
    std::string after{base::trimmed(text.substr(at + 1))};
    if (before.empty() || after.empty()) return std::nullopt;
    return std::pair{std::move(before), std::move(after)};
  }
  return std::nullopt;
}

std::unexpected<base::Error> invalid(const std::string& written, const std::string& why) {
  return base::failure(base::ErrorCode::ConfigInvalid, "rename \"" + written + "\": " + why,
                       "--rename table=table, schema.table=schema.table or table.column=column; --rename-type "
                       "type=type; --rename-value type.OLD=NEW");
}

/// Objects of that name: with a schema the one, without it that of `public`, else the first in any schema.
template <class T>
std::optional<QualifiedName> find_named(const std::vector<T>& objects, const Parts& parts) {
  std::optional<QualifiedName> found;
  for (const T& object : objects) {
    const bool fits = parts.size() == 2 ? object.name == QualifiedName{parts[0], parts[1]}
                                        : parts.size() == 1 && object.name.name == parts[0];
    if (!fits) continue;
    const bool better = !found || object.name.schema == "public" || (found->schema != "public" && object.name < *found);
    if (better) found = object.name;
  }
  return found;
}

class Resolution {
 public:
  Resolution(const schema::Reading& desired, const Database& actual) : desired_{desired}, actual_{actual} {}

  base::Result<void> rename(const std::string& written) {
    const auto both = sides(written);
    if (!both) return invalid(written, "it is not OLD=NEW");
    const Parts before = split_name(both->first, '.');
    const Parts after = split_name(both->second, '.');
    if (before.size() == 1 && after.size() == 1) return table(written, before, after);
    if (before.size() == 2 && after.size() == 2) {
      const bool tables = find_named(actual_.tables, before) || find_named(desired_.database.tables, after);
      return tables ? table(written, before, after) : column(written, before, after.back());
    }
    const bool column_form =
        before.size() > 1 && before.size() < 4 && (after.size() == 1 || after.size() == before.size());
    return column_form ? column(written, before, after.back()) : invalid(written, "it has too many parts");
  }

  base::Result<void> type(const std::string& written) {
    const auto both = sides(written);
    if (!both) return invalid(written, "it is not OLD=NEW");
    const Parts before = split_name(both->first, '.');
    const Parts after = split_name(both->second, '.');
    return object(written, actual_.enums, desired_.database.enums, before, after, renames_.types);
  }

  base::Result<void> value(const std::string& written) {
    const auto both = sides(written);
    if (!both) return invalid(written, "it is not type.OLD=NEW");
    const Parts before = split_name(both->first, '.');
    const std::string after = split_name(both->second, '\0').front();
    for (std::size_t type_parts = 1; type_parts <= 2 && type_parts < before.size(); ++type_parts) {
      const EnumType* type = enum_called({before.begin(), before.begin() + static_cast<std::ptrdiff_t>(type_parts)});
      if (type == nullptr) continue;
      const Parts label{before.begin() + static_cast<std::ptrdiff_t>(type_parts), before.end()};
      return label_of(written, *type, base::joined(label, "."), after);
    }
    return invalid(written, "no such enum type");
  }

  /// What the models say themselves holds for good: what does not fit (any more) is passed over.
  void declared() {
    for (const auto& [object, names] : desired_.renamed_from) {
      for (const auto& [after, before] : names) declared(object, before, after);
    }
  }

  Renames result() && { return std::move(renames_); }

 private:
  template <class T>
  base::Result<void> object(const std::string& written, const std::vector<T>& actual, const std::vector<T>& desired,
                            const Parts& before, const Parts& after,
                            std::vector<std::pair<QualifiedName, QualifiedName>>& renames) {
    if (before.size() > 2 || after.size() > 2) return invalid(written, "it has too many parts");
    const auto old = find_named(actual, before);
    auto target = find_named(desired, after);
    if (old && after.size() == 1) {
      const QualifiedName beside{old->schema, after[0]};
      const bool is_desired = std::ranges::find(desired, beside, &T::name) != desired.end();
      if (is_desired || !target) target = beside;
    }
    if (!target && after.size() == 2) target = QualifiedName{after[0], after[1]};
    const bool there =
        target ? std::ranges::find(actual, *target, &T::name) != actual.end() : find_named(actual, after).has_value();
    if (!old) return there ? base::Result<void>{} : invalid(written, "nothing is called " + base::joined(before, "."));
    if (there) return invalid(written, schema::text(*target) + " is there already");
    renames.emplace_back(*old, *target);
    return {};
  }

  base::Result<void> table(const std::string& written, const Parts& before, const Parts& after) {
    return object(written, actual_.tables, desired_.database.tables, before, after, renames_.tables);
  }

  /// The actual table that is called so, or that is renamed to what is called so.
  const Table* actual_table(const Parts& parts) const {
    if (const auto name = find_named(actual_.tables, parts)) return find_table(actual_, *name);
    for (const auto& [before, after] : renames_.tables) {
      const bool fits = parts.size() == 2 ? after == QualifiedName{parts[0], parts[1]} : after.name == parts[0];
      if (fits) return find_table(actual_, before);
    }
    return nullptr;
  }

  base::Result<void> column(const std::string& written, const Parts& before, const std::string& after) {
    const Table* table = actual_table({before.begin(), before.end() - 1});
    if (table == nullptr) return invalid(written, "no such table");
    const Name old{before.back()};
    const bool there = find_column(*table, {after}) != nullptr;
    if (find_column(*table, old) == nullptr) {
      return there ? base::Result<void>{} : invalid(written, "no column is called " + old.text);
    }
    if (there) return invalid(written, "column " + after + " is there already");
    renames_.columns.push_back({table->name, old, {after}});
    return {};
  }

  const EnumType* enum_called(const Parts& parts) const {
    const auto find = [&](const QualifiedName& name) -> const EnumType* {
      const auto found = std::ranges::find(actual_.enums, name, &EnumType::name);
      return found == actual_.enums.end() ? nullptr : &*found;
    };
    if (const auto name = find_named(actual_.enums, parts)) return find(*name);
    for (const auto& [before, after] : renames_.types) {
      const bool fits = parts.size() == 2 ? after == QualifiedName{parts[0], parts[1]} : after.name == parts[0];
      if (fits) return find(before);
    }
    return nullptr;
  }

  base::Result<void> label_of(const std::string& written, const EnumType& type, const std::string& before,
                              const std::string& after) {
    const bool there = std::ranges::find(type.labels, after) != type.labels.end();
    if (std::ranges::find(type.labels, before) == type.labels.end()) {
      return there ? base::Result<void>{} : invalid(written, "no label is called " + before);
    }
    if (there) return invalid(written, "label " + after + " is there already");
    renames_.labels.push_back({type.name, before, after});
    return {};
  }

  void declared(const schema::ObjectId& object, const std::string& before, const std::string& after) {
    const Table* desired = find_table(desired_.database, object.owner);
    if (object.kind != schema::Kind::Table || desired == nullptr) return;
    if (after.empty() || after == desired->name.name) return declared_table(desired->name, before);
    const Table* actual = actual_table({desired->name.schema, desired->name.name});
    const bool fits = actual != nullptr && find_column(*actual, {before}) != nullptr &&
                      find_column(*actual, {after}) == nullptr && find_column(*desired, {after}) != nullptr;
    const Renames::Column rename{actual == nullptr ? QualifiedName{} : actual->name, {before}, {after}};
    if (fits && std::ranges::find(renames_.columns, rename) == renames_.columns.end()) {
      renames_.columns.push_back(rename);
    }
  }

  void declared_table(const QualifiedName& after, const std::string& before) {
    Parts parts = split_name(before, '.');
    if (parts.size() == 1) parts.insert(parts.begin(), after.schema);
    const auto old = find_named(actual_.tables, parts);
    const bool fits = old && find_table(actual_, after) == nullptr;
    const std::pair rename{old.value_or(QualifiedName{}), after};
    if (fits && std::ranges::find(renames_.tables, rename) == renames_.tables.end()) renames_.tables.push_back(rename);
  }

  const schema::Reading& desired_;
  const Database& actual_;
  Renames renames_;
};

}  // namespace

base::Result<Renames> accepted_renames(const RenameOptions& written, const schema::Reading& desired,
                                       const schema::Database& actual) {
  Resolution resolution{desired, actual};
  const auto each = [&](const std::vector<std::string>& texts, auto resolve) -> base::Result<void> {
    for (const std::string& text : texts) {
      if (auto done = (resolution.*resolve)(text); !done) return done;
    }
    return {};
  };
  // Tables and types before what lies in them, so that it can be named by the new name too.
  const auto has_dot = [](const std::string& text) { return text.substr(0, text.find('=')).find('.') != text.npos; };
  std::vector<std::string> renames = written.renames;
  std::ranges::stable_partition(renames, std::not_fn(has_dot));
  if (auto done = each(renames, &Resolution::rename); !done) return std::unexpected(done.error());
  if (auto done = each(written.types, &Resolution::type); !done) return std::unexpected(done.error());
  if (auto done = each(written.values, &Resolution::value); !done) return std::unexpected(done.error());
  resolution.declared();
  return std::move(resolution).result();
}

}  // namespace diff
