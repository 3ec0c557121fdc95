#include "plan/extension.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace plan {
namespace {

struct Class {
  std::string_view name;
  std::string_view extension;
};

/// Operator classes that indexes have to name, and where they come from.
constexpr std::array<Class, 26> classes{{
    {"bit_hamming_ops", "vector"},       {"bit_jaccard_ops", "vector"},         {"gin__int_ops", "intarray"},
    {"gin_bigm_ops", "pg_bigm"},         {"gin_hstore_ops", "hstore"},          {"gin_trgm_ops", "pg_trgm"},
    {"gist__int_ops", "intarray"},       {"gist__intbig_ops", "intarray"},      {"gist__ltree_ops", "ltree"},
    {"gist_geometry_ops_nd", "postgis"}, {"gist_hstore_ops", "hstore"},         {"gist_ltree_ops", "ltree"},
    {"gist_trgm_ops", "pg_trgm"},        {"halfvec_cosine_ops", "vector"},      {"halfvec_ip_ops", "vector"},
    {"halfvec_l1_ops", "vector"},        {"halfvec_l2_ops", "vector"},          {"sparsevec_cosine_ops", "vector"},
    {"sparsevec_ip_ops", "vector"},      {"sparsevec_l1_ops", "vector"},        {"sparsevec_l2_ops", "vector"},
    {"vector_cosine_ops", "vector"},     {"vector_ip_ops", "vector"},           {"vector_l1_ops", "vector"},
    {"vector_l2_ops", "vector"},         {"spgist_geometry_ops_2d", "postgis"},
}};

class Collecting {
 public:
  explicit Collecting(const Scene& scene) : scene_(scene) {}

  std::vector<schema::Extension> run() {
    for (const diff::Change& change : scene_.changes.changes) {
      if (const auto* index = diff::get_if<diff::Create<schema::Index>>(&change)) add(index->after);
      if (const auto* index = diff::get_if<diff::Alter<schema::Index>>(&change)) add(index->after);
      if (const auto* table = diff::get_if<diff::Create<schema::Table>>(&change)) {
        for (const schema::Index& index : table->after.indexes) add(index);
      }
    }
    return std::move(extensions_);
  }

 private:
  void add(const schema::Index& index) {
    for (const schema::IndexKey& key : index.keys) {
      const auto found = std::ranges::find(classes, key.operator_class.name, &Class::name);
      if (found != classes.end()) need(std::string(found->extension));
    }
  }

  void need(const std::string& name) {
    const auto has = [&](const std::vector<schema::Extension>& list) {
      return std::ranges::any_of(list, [&](const auto& extension) { return extension.name.text == name; });
    };
    const bool comes = std::ranges::any_of(scene_.changes.changes, [&](const diff::Change& change) {
      const auto* created = diff::get_if<diff::Create<schema::Extension>>(&change);
      return created != nullptr && created->after.name.text == name;
    });
    if (!comes && !has(scene_.actual.extensions) && !has(extensions_)) extensions_.push_back({{name}, {}, {}});
  }

  const Scene& scene_;
  std::vector<schema::Extension> extensions_;
};

}  // namespace

std::vector<schema::Extension> extensions_needed(const Scene& scene) { return Collecting(scene).run(); }

}  // namespace plan
