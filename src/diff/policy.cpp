#include <algorithm>
#include <unordered_map>

#include "diff/match.h"
#include "diff/scene.h"

/// Which policies are the same: by name and meaning; by meaning alone where the model gives no name (the same policy
/// under another name, or rules in another order, are no drift); by meaning under a given name (renamed); by name
/// (changed).
namespace diff {
namespace {

using schema::Name;
using schema::Policy;
using schema::PolicyCommand;

/// UPDATE and ALL policies without WITH CHECK take USING for it.
bool takes_both(PolicyCommand command) { return command == PolicyCommand::All || command == PolicyCommand::Update; }

Policy plain(Policy policy) {
  std::ranges::sort(policy.roles);
  return policy;
}

Policy normal(Policy policy) {
  if (takes_both(policy.command) && policy.with_check_expr == policy.using_expr) policy.with_check_expr.reset();
  std::ranges::sort(policy.roles);
  return policy;
}

std::string shape(const Policy& policy) {
  const Policy plain = normal(policy);
  std::string key = std::to_string(static_cast<int>(plain.command)) + (plain.permissive ? "+" : "-");
  if (plain.using_expr) key += plain.using_expr->text;
  if (plain.with_check_expr) key += '\n' + plain.with_check_expr->text;
  return key;
}

std::string_view command_word(PolicyCommand command) {
  switch (command) {
    case PolicyCommand::Select:
      return "select";
    case PolicyCommand::Insert:
      return "insert";
    case PolicyCommand::Update:
      return "update";
    case PolicyCommand::Delete:
      return "delete";
    case PolicyCommand::All:
      break;
  }
  return "all";
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The generated name of that number: `posts_select_custom`, `posts_select_custom_2`, …; cut in its first part.
std::string numbered(const Policy& policy, int number) {
  std::string_view name = policy.name.text;
  const auto last = name.rfind('_');
  if (last != std::string_view::npos && all_digits(name.substr(last + 1))) name = name.substr(0, last);
  const std::string middle = "_" + std::string{command_word(policy.command)} + "_";
  const auto ending_at = std::min(name.rfind(middle), name.size());
  const std::string ending = std::string{name.substr(ending_at)} + (number > 1 ? "_" + std::to_string(number) : "");
  return base::clipped(name.substr(0, ending_at), ending.size() < 63 ? 63 - ending.size() : 0) + ending;
}

class Comparison {
 public:
  Comparison(Scene& scene, const TablePair& pair) : scene_{scene}, pair_{pair} {
    before_ = by_name(pair.before.policies);
    after_ = by_name(pair.after.policies);
    for (const Policy& policy : pair.before.policies) taken_names_.insert(policy.name.text);
    for (const Policy& policy : pair.after.policies) {
      if (!policy.name_open) claimed_names_.insert(policy.name.text);
    }
  }

  void run() {
    pair_by_name(true);
    pair_by_meaning(true);
    pair_by_meaning(false);
    pair_by_name(false);
    for (const Policy* left : before_) {
      if (left != nullptr && !scene_.unknown.may_hold_more(pair_.after.name, schema::Kind::Policy)) {
        scene_.drop(pair_.after.name, *left);
      }
    }
    for (const Policy* left : after_) {
      if (left != nullptr) make(*left);
    }
  }

 private:
  using List = std::vector<const Policy*>;

  static List by_name(const std::vector<Policy>& policies) {
    List list;
    for (const Policy& policy : policies) list.push_back(&policy);
    std::ranges::sort(list, {}, [](const Policy* policy) { return policy->name; });
    return list;
  }

  std::vector<std::string> changes(const Policy& actual, const Policy& desired) const {
    Policy complete = scene_.models ? normal(desired) : plain(desired);
    scene_.keep_unsaid_attributes(complete, actual);
    auto changed = changed_fields(scene_.models ? normal(actual) : plain(actual), complete);
    std::erase(changed, "name");
    return changed;
  }

  void pair_by_name(bool only_equal) {
    std::unordered_map<std::string, const Policy**> names;
    for (const Policy*& each : before_) {
      if (each != nullptr) names.emplace(each->name.text, &each);
    }
    for (const Policy*& desired : after_) {
      const auto found = desired == nullptr ? names.end() : names.find(desired->name.text);
      if (found == names.end() || *found->second == nullptr) continue;
      auto changed = changes(**found->second, *desired);
      if (only_equal && !changed.empty()) continue;
      if (!changed.empty()) alter(**found->second, *desired, std::move(changed));
      *found->second = nullptr;
      desired = nullptr;
    }
  }

  /// A WITH CHECK that is written out does not follow USING, and cannot be taken away but only be set to the same.
  void alter(const Policy& actual, Policy desired, std::vector<std::string> changed) {
    if (!scene_.models) return scene_.alter(pair_.after.name, actual, desired, std::move(changed));
    scene_.keep_unsaid_attributes(desired, actual);
    if (takes_both(desired.command) && actual.with_check_expr && !desired.with_check_expr) {
      desired.with_check_expr = desired.using_expr;
    }
    std::erase(changed, "with_check_expr");
    const auto& stands =
        actual.with_check_expr || !takes_both(desired.command) ? actual.with_check_expr : desired.using_expr;
    const auto& wanted =
        desired.with_check_expr || !takes_both(desired.command) ? desired.with_check_expr : desired.using_expr;
    if (stands != wanted) changed.push_back("with_check_expr");
    scene_.alter(pair_.after.name, actual, desired, std::move(changed));
  }

  void pair_by_meaning(bool open) {
    std::unordered_multimap<std::string, const Policy**> shapes;
    for (const Policy*& each : before_) {
      if (each != nullptr) shapes.emplace(shape(*each), &each);
    }
    for (const Policy*& desired : after_) {
      if (desired == nullptr || desired->name_open != open) continue;
      const Policy** actual = best(shapes, *desired);
      if (actual == nullptr) continue;
      rename_if_needed(**actual, *desired);
      *actual = nullptr;
      desired = nullptr;
    }
  }

  const Policy** best(const std::unordered_multimap<std::string, const Policy**>& shapes, const Policy& desired) const {
    const Policy** found = nullptr;
    const auto [first, last] = shapes.equal_range(shape(desired));
    for (auto each = first; each != last; ++each) {
      const Policy** actual = each->second;
      if (*actual == nullptr || !changes(**actual, desired).empty()) continue;
      if (!desired.name_open && taken_names_.contains(desired.name.text)) continue;
      if (desired.name_open && claimed_names_.contains((*actual)->name.text)) continue;
      if (found == nullptr || (*actual)->name < (*found)->name) found = actual;
    }
    return found;
  }

  /// A generated name follows the renamed table.
  void rename_if_needed(const Policy& actual, const Policy& desired) {
    Name name = desired.name;
    if (desired.name_open) {
      const std::string old = pair_.old_name + "_" + std::string{command_word(actual.command)} + "_";
      if (pair_.old_name.empty() || !actual.name.text.starts_with(old)) return;
      const std::string ending = actual.name.text.substr(pair_.old_name.size());
      name.text = base::clipped(pair_.after.name.name, ending.size() < 63 ? 63 - ending.size() : 0) + ending;
      if (taken_names_.contains(name.text)) return;
    }
    scene_.rename(pair_.after.name, actual, name);
    taken_names_.insert(name.text);
  }

  void make(const Policy& desired) {
    Policy made = desired;
    for (int number = 2; made.name_open && taken_names_.contains(made.name.text); ++number) {
      made.name.text = numbered(desired, number);
    }
    taken_names_.insert(made.name.text);
    scene_.create(pair_.after.name, made);
  }

  Scene& scene_;
  const TablePair& pair_;
  List before_;
  List after_;
  std::set<std::string> taken_names_;
  std::set<std::string> claimed_names_;
};

}  // namespace

void compare_policies(Scene& scene, const TablePair& pair) {
  const auto declared = pair.after.row_security.declared;
  if (!scene.models || declared == schema::Declaration::Managed) return Comparison{scene, pair}.run();
  if (declared == schema::Declaration::OptedOut) return;
  for (const Policy& policy : pair.before.policies) {
    scene.found.untracked_policies.emplace_back(pair.after.name, policy);
  }
}

}  // namespace diff
