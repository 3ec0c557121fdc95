#include "plan/operation.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/graph.h"

namespace plan {

Key table_key(const schema::QualifiedName& table) { return "table " + schema::text(table); }
Key column_key(const schema::QualifiedName& table, const schema::Name& column) {
  return "column " + schema::text(table) + "." + column.text;
}
Key type_key(const schema::QualifiedName& type) { return "type " + schema::text(type); }
Key labels_key(const schema::QualifiedName& type) { return "labels " + schema::text(type); }
Key sequence_key(const schema::QualifiedName& sequence) { return "sequence " + schema::text(sequence); }
Key routine_key(const schema::QualifiedName& routine) { return "routine " + schema::text(routine); }
Key schema_key(const std::string& schema) { return "schema " + schema; }
Key role_key(const schema::Name& role) { return "role " + role.text; }
Key keys_key(const schema::QualifiedName& table) { return "keys " + schema::text(table); }
Key not_null_key(const schema::QualifiedName& table, const schema::Name& column) {
  return "not null " + schema::text(table) + "." + column.text;
}
Key relation_key(const schema::QualifiedName& relation) { return "relation " + schema::text(relation); }
Key other_key(const std::string& kind_and_identity) { return "other " + kind_and_identity; }
Key children_key(const schema::QualifiedName& table) { return "children " + schema::text(table); }
Key constraint_key(const schema::QualifiedName& table, const schema::Name& name) {
  return "constraint " + schema::text(table) + "." + name.text;
}

namespace {

/// The statements of an operation, as nodes of the graph.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
};

class Graph {
 public:
  explicit Graph(const std::vector<Operation>& operations) : operations_(operations) {
    number();
    add_sequences();
    collect();
    add_dependencies();
  }

  std::vector<Ordered> order() const {
    std::vector<Ordered> result;
    for (const std::size_t node : base::topological_order(nodes_.size(), edges_).nodes) result.push_back(nodes_[node]);
    return result;
  }

 private:
  using Place = std::pair<std::size_t, std::size_t>;  // operation, statement

  /// The smallest number first: by stage, then rank, then as given.
  void number() {
    std::vector<Place> places;
    for (std::size_t at = 0; at < operations_.size(); ++at) {
      for (std::size_t statement = 0; statement < operations_[at].statements.size(); ++statement) {
        places.emplace_back(at, statement);
      }
    }
    std::ranges::stable_sort(places, {}, [this](const Place& place) {
      const Operation& operation = operations_[place.first];
      return std::tuple{operation.statements[place.second].stage, operation.rank, place.first, place.second};
    });
    numbers_.resize(operations_.size());
    for (std::size_t at = 0; at < operations_.size(); ++at) numbers_[at].resize(operations_[at].statements.size());
    for (const auto& [operation, statement] : places) {
      numbers_[operation][statement] = nodes_.size();
      nodes_.push_back({&operations_[operation], &operations_[operation].statements[statement]});
    }
  }

  void add_sequences() {
    for (const auto& numbers : numbers_) {
      for (std::size_t at = 1; at < numbers.size(); ++at) edges_.emplace_back(numbers[at - 1], numbers[at]);
    }
  }

  void collect() {
    for (std::size_t at = 0; at < operations_.size(); ++at) {
      if (operations_[at].statements.empty()) continue;
      for (const Key& key : operations_[at].needs) needing_[key].push_back(at);
      for (const Key& key : operations_[at].makes) making_[key].push_back(at);
      for (const Key& key : operations_[at].releases) releasing_[key].push_back(at);
      for (const Key& key : operations_[at].removes) removing_[key].push_back(at);
      collect_renames(at);
    }
  }

  /// Everything but renames speaks of things by their new names; only what is dropped may still have the name that
  /// something else is to get.
  void collect_renames(std::size_t at) {
    const Operation& operation = operations_[at];
    if (operation.rank == Rank::Rename || operation.rank == Rank::RenameType) {
      for (const Key& key : operation.makes) renaming_[key].push_back(at);
      return;
    }
    for (const Key& key : operation.releases) using_[key].push_back(at);
    if (!operation.moves) return;
    for (const Key& key : operation.removes) using_[key].push_back(at);
  }

  void add_dependencies() {
    connect(making_, needing_);
    connect(releasing_, removing_);
    connect(removing_, making_);
    connect(renaming_, using_);
  }

  using Index = std::unordered_map<Key, std::vector<std::size_t>>;

  void connect(const Index& earlier, const Index& later) {
    for (const auto& [key, befores] : earlier) {
      const auto afters = later.find(key);
      if (afters == later.end()) continue;
      for (const std::size_t before : befores) {
        for (const std::size_t after : afters->second) {
          if (before != after) edges_.emplace_back(numbers_[before].back(), numbers_[after].front());
        }
      }
    }
  }

  const std::vector<Operation>& operations_;
  std::vector<std::vector<std::size_t>> numbers_;
  std::vector<Ordered> nodes_;
  std::vector<base::Edge> edges_;
  Index needing_, making_, releasing_, removing_, renaming_, using_;
};

}  // namespace

std::vector<Ordered> ordered(const std::vector<Operation>& operations) { return Graph(operations).order(); }

}  // namespace plan
