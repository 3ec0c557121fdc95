#include "config/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace config {
namespace {

using Outcome = base::Result<void>;

std::unexpected<base::Error> invalid(const Setting& setting, const std::string& what, std::string hint = {}) {
  return base::failure(base::ErrorCode::ConfigInvalid, fmt::format("{}: {}", text(setting.place), what),
                       std::move(hint), setting.place);
}

Outcome take(const Setting& setting, std::string& target) {
  const auto* value = std::get_if<std::string>(&setting.value);
  if (value == nullptr) return invalid(setting, "a string in quotes expected");
  target = *value;
  return {};
}

Outcome take(const Setting& setting, bool& target) {
  const auto* value = std::get_if<bool>(&setting.value);
  if (value == nullptr) return invalid(setting, "true or false expected");
  target = *value;
  return {};
}

/// A list of strings; one string is a list of one.
Outcome take(const Setting& setting, std::vector<std::string>& target) {
  if (const auto* one = std::get_if<std::string>(&setting.value)) {
    target = {*one};
    return {};
  }
  const auto* list = std::get_if<Setting::List>(&setting.value);
  if (list == nullptr) return invalid(setting, "a list of strings expected");
  std::vector<std::string> values;
  for (const Setting& element : *list) {
    if (auto taken = take(element, values.emplace_back()); !taken) return taken;
  }
  target = std::move(values);
  return {};
}

template <class T>
Outcome take(const Setting& setting, std::optional<T>& target) {
  T value{};
  Outcome taken = take(setting, value);
  if (taken) target = std::move(value);
  return taken;
}

/// As PostgreSQL writes times: a number of milliseconds, or with a unit.
Outcome take(const Setting& setting, std::chrono::milliseconds& target) {
  struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
  };
  static constexpr auto units =
      std::to_array<Unit>({{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"", 1}});
  const auto bad = [&] { return invalid(setting, "a time expected, as in \"3s\", \"500ms\" or \"2min\""); };
  const auto* number = std::get_if<std::int64_t>(&setting.value);
  const auto* word = std::get_if<std::string>(&setting.value);
  if (number == nullptr && word == nullptr) return bad();
  const std::string written = number != nullptr ? std::to_string(*number) : std::string(base::trimmed(*word));
  const std::size_t digits = std::min(written.find_first_not_of("0123456789"), written.size());
  const std::string unit(base::trimmed(std::string_view(written).substr(digits)));
  const auto found = std::ranges::find(units, unit, &Unit::name);
  if (digits == 0 || digits > 9 || found == units.end()) return bad();
  const std::int64_t milliseconds = std::stoll(written.substr(0, digits)) * found->milliseconds;
  if (milliseconds > 2'147'483'647) return bad();  // the largest lock_timeout of PostgreSQL
  target = std::chrono::milliseconds(milliseconds);
  return {};
}

template <class T>
struct Choice {
  std::string_view word;
  T value;
};

template <class T, std::size_t N>
Outcome choose(const Setting& setting, T& target, const std::array<Choice<T>, N>& choices) {
  std::vector<std::string> words;
  for (const auto& choice : choices) words.push_back(fmt::format("\"{}\"", choice.word));
  const auto* word = std::get_if<std::string>(&setting.value);
  const auto found =
      std::ranges::find_if(choices, [&](const auto& choice) { return word != nullptr && choice.word == *word; });
  if (found == choices.end()) return invalid(setting, "one of " + base::joined(words, ", ") + " expected");
  target = found->value;
  return {};
}

Outcome take(const Setting& setting, Loader& target) {
  return choose(
      setting, target,
      std::to_array<Choice<Loader>>({{"auto", Loader::Auto}, {"static", Loader::Auto}, {"python", Loader::Python}}));
}

Outcome take(const Setting& setting, MigrationFormat& target) {
  using enum MigrationFormat;
  return choose(setting, target,
                std::to_array<Choice<MigrationFormat>>({{"auto", Auto}, {"alembic", Alembic}, {"sql", Sql}}));
}

Outcome take(const Setting& setting, RlsProvider& target) {
  using enum RlsProvider;
  return choose(setting, target,
                std::to_array<Choice<RlsProvider>>({{"auto", Auto}, {"supabase", Supabase}, {"postgres", Postgres}}));
}

Outcome take(const Setting& setting, std::optional<UrlSource>& target) {
  UrlSource source{{}, setting.place.file, setting.place};
  Outcome taken = take(setting, source.text);
  if (taken && !base::trimmed(source.text).empty()) target = std::move(source);
  return taken;
}

Outcome take(const Setting& setting, GivenValue& target) {
  if (const auto* value = std::get_if<bool>(&setting.value))
    target.value = *value;
  else if (const auto* integer = std::get_if<std::int64_t>(&setting.value))
    target.value = *integer;
  else if (const auto* number = std::get_if<double>(&setting.value))
    target.value = *number;
  else if (const auto* text = std::get_if<std::string>(&setting.value))
    target.value = *text;
  else if (const auto* list = std::get_if<Setting::List>(&setting.value)) {
    std::vector<GivenValue> values;
    for (const Setting& element : *list) {
      if (auto taken = take(element, values.emplace_back()); !taken) return taken;
    }
    target.value = std::move(values);
  } else {
    return invalid(setting, "a string, number, truth value or list expected");
  }
  return {};
}

/// `app.settings.SCHEMA = 1` and `"app.settings.SCHEMA" = 1` are the same name.
Outcome take_values(const Setting& table, const std::string& prefix,
                    std::vector<std::pair<std::string, GivenValue>>& target) {
  const auto* members = std::get_if<Setting::Table>(&table.value);
  if (members == nullptr) return invalid(table, "a table of names and values expected");
  for (const auto& [key, setting] : *members) {
    const std::string name = prefix.empty() ? key : prefix + "." + key;
    if (std::holds_alternative<Setting::Table>(setting.value)) {
      if (auto taken = take_values(setting, name, target); !taken) return taken;
      continue;
    }
    std::erase_if(target, [&](const auto& known) { return known.first == name; });
    GivenValue value;
    if (auto taken = take(setting, value); !taken) return taken;
    target.emplace_back(name, std::move(value));
  }
  return {};
}

template <class Target>
struct Key {
  std::string_view name;  ///< with underscores; hyphens are read as them
  Outcome (*take)(const Setting&, Target&);
};

std::size_t edit_distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t i = 0; i <= other.size(); ++i) row[i] = i;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
    }
  }
  return row.back();
}

template <class Target>
std::unexpected<base::Error> unknown_key(const Setting& setting, const std::string& name,
                                         std::span<const Key<Target>> keys, const std::string& section) {
  const auto nearest =
      std::ranges::min_element(keys, {}, [&](const auto& key) { return edit_distance(key.name, name.substr(0, 100)); });
  std::string known;
  for (const auto& key : keys) known += fmt::format("{}{}", known.empty() ? "" : ", ", key.name);
  const bool near = edit_distance(nearest->name, name.substr(0, 100)) <= std::max<std::size_t>(2, name.size() / 3);
  return invalid(setting, fmt::format("unknown key \"{}\"{}", name, section.empty() ? "" : " in [" + section + "]"),
                 near ? fmt::format("did you mean \"{}\"?", nearest->name) : "known keys: " + known);
}

template <class Target>
Outcome take_table(const Setting& table, Target& target, std::span<const Key<Target>> keys,
                   const std::string& section) {
  const auto* members = std::get_if<Setting::Table>(&table.value);
  if (members == nullptr) return invalid(table, fmt::format("[{}] must be a table of keys", section));
  for (const auto& [written, setting] : *members) {
    const std::string name = base::replaced(written, "-", "_");
    const auto key = std::ranges::find(keys, std::string_view(name), &Key<Target>::name);
    if (key == keys.end()) return unknown_key(setting, written, keys, section);
    if (auto taken = key->take(setting, target); !taken) return taken;
  }
  return {};
}

#define AGENT_MIGRATE_KEY(NAME, MEMBER)                                                     \
  {                                                                                         \
    NAME, [](const Setting& setting, auto& target) { return take(setting, target.MEMBER); } \
  }

constexpr Key<Config> database_keys[] = {
    AGENT_MIGRATE_KEY("url", url_source),
    AGENT_MIGRATE_KEY("schemas", schemas),
    AGENT_MIGRATE_KEY("schema", schemas),
    AGENT_MIGRATE_KEY("exclude_tables", exclude_tables),
};

constexpr Key<ModelSettings> model_keys[] = {
    AGENT_MIGRATE_KEY("paths", paths),
    AGENT_MIGRATE_KEY("metadata", metadata),
    AGENT_MIGRATE_KEY("loader", loader),
    AGENT_MIGRATE_KEY("python", python),
    AGENT_MIGRATE_KEY("python_timeout", python_timeout),
    {"values", [](const Setting& setting, ModelSettings& target) { return take_values(setting, "", target.values); }},
};

constexpr Key<MigrationSettings> migration_keys[] = {
    AGENT_MIGRATE_KEY("directory", directory),
    AGENT_MIGRATE_KEY("format", format),
    AGENT_MIGRATE_KEY("history", history),
    AGENT_MIGRATE_KEY("schema", schema),
};

constexpr Key<PlanSettings> plan_keys[] = {
    AGENT_MIGRATE_KEY("online", online),
    AGENT_MIGRATE_KEY("lock_timeout", lock_timeout),
    AGENT_MIGRATE_KEY("verify", verify),
};

constexpr Key<RlsSettings> rls_keys[] = {
    AGENT_MIGRATE_KEY("provider", provider),
    AGENT_MIGRATE_KEY("user_setting", user_setting),
    AGENT_MIGRATE_KEY("admin_role", admin_role),
    AGENT_MIGRATE_KEY("users_table", users_table),
    AGENT_MIGRATE_KEY("team_column", team_column),
    AGENT_MIGRATE_KEY("membership_table", membership_table),
    AGENT_MIGRATE_KEY("membership_team_column", membership_team_column),
    AGENT_MIGRATE_KEY("membership_user_column", membership_user_column),
    AGENT_MIGRATE_KEY("app_roles", app_roles),
};

constexpr Key<RoleSettings> role_keys[] = {
    AGENT_MIGRATE_KEY("login", login),
    AGENT_MIGRATE_KEY("inherit", inherit),
    AGENT_MIGRATE_KEY("bypassrls", bypassrls),
    AGENT_MIGRATE_KEY("member_of", member_of),
};

Outcome take_roles(const Setting& table, Config& config) {
  const auto* members = std::get_if<Setting::Table>(&table.value);
  if (members == nullptr) return invalid(table, "[roles.NAME] with the role's attributes expected");
  for (const auto& [name, setting] : *members) {
    auto known = std::ranges::find(config.roles, name, &RoleSettings::name);
    if (known == config.roles.end()) known = config.roles.emplace(known);
    known->name = name;
    known->place = setting.place;
    if (auto taken = take_table<RoleSettings>(setting, *known, role_keys, "roles." + name); !taken) return taken;
  }
  return {};
}

#define AGENT_MIGRATE_SECTION(NAME, KEYS, TARGET)                                            \
  {                                                                                          \
    NAME, [](const Setting& setting, Config& config) {                                       \
      return take_table<std::remove_cvref_t<decltype(TARGET)>>(setting, TARGET, KEYS, NAME); \
    }                                                                                        \
  }

constexpr Key<Config> sections[] = {
    AGENT_MIGRATE_KEY("database_url", url_source),
    AGENT_MIGRATE_SECTION("database", database_keys, config),
    AGENT_MIGRATE_SECTION("models", model_keys, config.models),
    AGENT_MIGRATE_SECTION("migrations", migration_keys, config.migrations),
    AGENT_MIGRATE_SECTION("plan", plan_keys, config.plan),
    AGENT_MIGRATE_SECTION("rls", rls_keys, config.rls),
    {"roles", take_roles},
};

}  // namespace

base::Result<void> take_settings(const Setting& document, Config& config) {
  if (auto taken = take_table<Config>(document, config, sections, ""); !taken) return taken;
  const Setting* migrations = member(document, "migrations");
  const bool own_schema = migrations != nullptr && member(*migrations, "schema") != nullptr;
  if (!own_schema && member(document, "database") != nullptr && !config.schemas.empty())
    config.migrations.schema = config.schemas.front();
  return {};
}

}  // namespace config
