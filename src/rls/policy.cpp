#include "rls/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text.h"
#include "rls/message.h"

namespace rls {
namespace {

using schema::Policy;
using schema::PolicyCommand;

constexpr std::size_t name_limit = 63;  // NAMEDATALEN - 1

struct Command {
  std::string_view name;
  PolicyCommand command;
};
constexpr std::array<Command, 4> commands{{{"select", PolicyCommand::Select},
                                           {"insert", PolicyCommand::Insert},
                                           {"update", PolicyCommand::Update},
                                           {"delete", PolicyCommand::Delete}}};

bool takes_using(PolicyCommand command) { return command != PolicyCommand::Insert; }
bool takes_check(PolicyCommand command) { return command == PolicyCommand::Insert || command == PolicyCommand::Update; }

/// The first part is cut so that the whole fits; the ending stays, so that names stay different.
std::string fitted(const std::string& first, const std::string& ending) {
  return base::clipped(first, name_limit - std::min(name_limit, ending.size())) + ending;
}

/// The keys of a custom policy, checked.
struct Custom {
  std::optional<std::string> using_text;
  std::optional<std::string> check_text;
  std::vector<schema::Name> roles;
  bool permissive = true;
  std::string name;
};

/// Makes the policies of one table.
class Builder {
 public:
  explicit Builder(const Context& context) : context_(context) {}

  base::Result<std::vector<Policy>> all() {
    const Literal& rules = context_.declaration.rules;
    if (rules.kind != Literal::Kind::Map) {
      return invalid(context_.declaration, fmt::format("__rls__ is {}", rules.shown),
                     "give a dict of commands and rules, {} for no access, or False to opt out");
    }
    for (const auto& [key, rule] : rules.entries) {
      if (const auto known = check_command(key); !known) return std::unexpected(known.error());
    }
    for (const auto& [key, rule] : rules.entries) {
      for (const Command& command : commands) {
        if (key.text != command.name && (key.text != "all" || is_given(command.name))) continue;
        if (const auto added = add(rule, command, key.text == "all"); !added) return std::unexpected(added.error());
      }
    }
    if (const auto unique = check_names(); !unique) return std::unexpected(unique.error());
    return std::move(policies_);
  }

 private:
  bool is_given(std::string_view command) const {
    return std::ranges::any_of(context_.declaration.rules.entries,
                               [&](const auto& entry) { return entry.key.text == command; });
  }

  base::Result<void> check_command(const Literal& key) const {
    const bool known = key.kind == Literal::Kind::Text &&
                       (key.text == "all" || std::ranges::find(commands, key.text, &Command::name) != commands.end());
    if (known) return {};
    return invalid(context_.declaration, fmt::format("unknown command {} in __rls__", key.shown),
                   "allowed: select, insert, update, delete, all");
  }

  base::Result<void> add(const Literal& rule, const Command& command, bool under_all) {
    if (rule.kind != Literal::Kind::List) return add_one(rule, command, under_all);
    if (rule.items.empty()) {
      return invalid(context_.declaration, fmt::format("the list of rules for {} is empty", command.name),
                     "give at least one rule, or leave the command out: then nobody may");
    }
    std::set<std::string> presets;
    for (const Literal& item : rule.items) {
      if (item.kind == Literal::Kind::Text && !presets.insert(item.text).second) continue;  // named twice counts once
      if (const auto added = add_one(item, command, under_all); !added) return added;
    }
    return {};
  }

  base::Result<void> add_one(const Literal& rule, const Command& command, bool under_all) {
    if (rule.kind == Literal::Kind::Text) return add_preset(rule.text, command);
    if (rule.kind == Literal::Kind::Map) return add_custom(rule, command, under_all);
    return invalid(context_.declaration, fmt::format("the rule for {} is {}", command.name, rule.shown),
                   "a rule is the name of a preset, a dict, or a list of these");
  }

  base::Result<void> add_preset(const std::string& preset, const Command& command) {
    if (!is_preset(preset)) {
      return invalid(context_.declaration, fmt::format("unknown preset '{}' for {}", preset, command.name),
                     "allowed: " + preset_names() + ", or a dict with using, check, to, as, name");
    }
    const auto condition = preset_condition(context_, preset, command.command);
    if (!condition) return std::unexpected(condition.error());
    Policy policy;
    policy.name.text = fitted(context_.table.name.name, fmt::format("_{}_{}", command.name, preset));
    policy.name_open = true;
    policy.command = command.command;
    for (const auto& role : condition->roles) policy.roles.push_back({role});
    if (takes_using(command.command)) policy.using_expr = schema::Expression{condition->expression};
    if (takes_check(command.command)) policy.with_check_expr = schema::Expression{condition->expression};
    policy.origin = preset;
    policies_.push_back(std::move(policy));
    return {};
  }

  base::Result<void> add_custom(const Literal& rule, const Command& command, bool under_all) {
    auto custom = read_custom(rule, command);
    if (!custom) return std::unexpected(custom.error());
    if (under_all) spread(*custom, command.command);
    if (const auto fits = check_clauses(*custom, command, under_all); !fits) return fits;
    Policy policy;
    policy.name_open = custom->name.empty();
    policy.name.text = custom->name.empty() ? next_custom_name(command)
                       : under_all          ? fitted(custom->name, fmt::format("_{}", command.name))
                                            : fitted(custom->name, "");
    policy.command = command.command;
    policy.permissive = custom->permissive;
    policy.roles = std::move(custom->roles);
    if (custom->using_text) policy.using_expr = schema::Expression{*custom->using_text};
    if (custom->check_text) policy.with_check_expr = schema::Expression{*custom->check_text};
    policy.origin = "custom";
    policies_.push_back(std::move(policy));
    return {};
  }

  /// A custom policy under `all` says for each command what that command takes of it.
  static void spread(Custom& custom, PolicyCommand command) {
    if (command == PolicyCommand::Insert && !custom.check_text) custom.check_text = custom.using_text;
    if (!takes_using(command)) custom.using_text.reset();
    if (!takes_check(command)) custom.check_text.reset();
  }

  base::Result<void> check_clauses(const Custom& custom, const Command& command, bool under_all) const {
    const std::string shown(under_all ? "all" : command.name);
    if (custom.using_text && !takes_using(command.command)) {
      return invalid(context_.declaration, fmt::format("{} does not take using", shown),
                     "an insert policy takes check only");
    }
    if (custom.check_text && !takes_check(command.command)) {
      return invalid(context_.declaration, fmt::format("{} does not take check", shown),
                     "a select or delete policy takes using only");
    }
    if (command.command == PolicyCommand::Insert && !custom.check_text) {
      return invalid(context_.declaration,
                     fmt::format("the rule for {} lacks {}", shown, under_all ? "using" : "check"),
                     under_all ? "give using" : "an insert policy needs check");
    }
    const bool restrictive_update = command.command == PolicyCommand::Update && !custom.permissive && custom.check_text;
    if (takes_using(command.command) && !custom.using_text && !restrictive_update) {
      return invalid(context_.declaration, fmt::format("the rule for {} lacks using", shown),
                     "give using: without it the policy would admit nothing");
    }
    return {};
  }

  base::Result<Custom> read_custom(const Literal& rule, const Command& command) const {
    if (rule.entries.empty()) {
      return invalid(context_.declaration, fmt::format("the rule for {} is empty", command.name),
                     "give using or check");
    }
    Custom custom;
    for (const auto& [key, value] : rule.entries) {
      if (const auto read = read_key(custom, key, value, command); !read) return std::unexpected(read.error());
    }
    return custom;
  }

  base::Result<void> read_key(Custom& custom, const Literal& key, const Literal& value, const Command& command) const {
    if (key.text == "to") return read_roles(custom, value, command);
    if (key.text == "using" || key.text == "check" || key.text == "as" || key.text == "name") {
      if (value.kind != Literal::Kind::Text || base::trimmed(value.text).empty()) {
        return invalid(context_.declaration,
                       fmt::format("{} of the rule for {} is {}", key.text, command.name, value.shown), "give text");
      }
      if (key.text == "using") custom.using_text = value.text;
      if (key.text == "check") custom.check_text = value.text;
      if (key.text == "name") custom.name = value.text;
      if (key.text == "as") return read_kind(custom, value, command);
      return {};
    }
    return invalid(context_.declaration, fmt::format("unknown key {} in the rule for {}", key.shown, command.name),
                   "allowed: using, check, to, as, name");
  }

  base::Result<void> read_kind(Custom& custom, const Literal& value, const Command& command) const {
    custom.permissive = value.text == "permissive";
    if (custom.permissive || value.text == "restrictive") return {};
    return invalid(context_.declaration, fmt::format("as of the rule for {} is {}", command.name, value.shown),
                   "allowed: permissive, restrictive");
  }

  base::Result<void> read_roles(Custom& custom, const Literal& value, const Command& command) const {
    const std::vector<Literal> single{value};
    const auto& names = value.kind == Literal::Kind::List ? value.items : single;
    const bool all_text = std::ranges::all_of(
        names, [](const Literal& name) { return name.kind == Literal::Kind::Text && !name.text.empty(); });
    if (names.empty() || !all_text) {
      return invalid(context_.declaration, fmt::format("to of the rule for {} is {}", command.name, value.shown),
                     "give a role or a list of roles");
    }
    std::set<schema::Name> roles;
    bool everybody = false;
    for (const Literal& name : names) {
      everybody = everybody || base::uppered(name.text) == "PUBLIC";
      roles.insert({name.text});
    }
    if (!everybody) custom.roles.assign(roles.begin(), roles.end());
    return {};
  }

  std::string next_custom_name(const Command& command) {
    const int number = ++customs_[static_cast<std::size_t>(&command - commands.data())];
    const std::string ending =
        fmt::format("_{}_custom", command.name) + (number == 1 ? "" : fmt::format("_{}", number));
    return fitted(context_.table.name.name, ending);
  }

  base::Result<void> check_names() const {
    std::set<std::string> names;
    for (const Policy& policy : policies_) {
      if (names.insert(policy.name.text).second) continue;
      return invalid(context_.declaration, fmt::format("two policies are named {}", policy.name.text),
                     "give them different names");
    }
    return {};
  }

  const Context& context_;
  std::vector<Policy> policies_;
  std::array<int, commands.size()> customs_{};
};

}  // namespace

base::Result<std::vector<Policy>> policies(const Context& context) { return Builder(context).all(); }

}  // namespace rls
