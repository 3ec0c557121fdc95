#include "base/text.h"
#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
/// int2vector and oidvector in text format: "1 2 3".
std::vector<Oid> numbers(std::string_view vector) {
  std::vector<Oid> result;
  if (vector.empty()) return result;
  for (const std::string& part : base::split(vector, ' ')) {
    if (!part.empty()) result.push_back(static_cast<Oid>(std::stoll(part)));
  }
  return result;
}

/// The class is the one that the server takes for the type if none is said: one that is made for the type, else a
/// default one that takes it too (varchar by text_ops, any enum by enum_ops).
bool is_default(const OperatorClassEntry& entry, Oid type, const Assembly& assembly) {
  if (!entry.is_default) return false;
  const auto found = assembly.types.find(type);
  if (found != assembly.types.end() && found->second.base != 0) type = found->second.base;
  return type == 0 || entry.input_type == type || !assembly.default_classes.contains({entry.method, type});
}

template <class T>
T at_or(const std::vector<T>& values, std::size_t position, T otherwise) {
  return position < values.size() ? values[position] : otherwise;
}

/// The columns of pg_index that have an element for each key.
struct KeyArrays {
  std::vector<Oid> attributes, classes, collations, options;
  std::vector<std::string> expressions, expression_types, collation_names, parameters;

  explicit KeyArrays(const Row& row)
      : attributes(numbers(row[11])),
        classes(numbers(row[12])),
        collations(numbers(row[13])),
        options(numbers(row[14])),
        expressions(row.array(18)),
        expression_types(row.array(19)),
        collation_names(row.array(20)),
        parameters(row.array(21)) {}
};

/// pg_get_indexdef puts brackets around what is no function call.
std::string without_brackets(std::string expression) {
  if (expression.size() < 2 || expression.front() != '(') return expression;
  return expression.substr(1, expression.size() - 2);
}

schema::IndexKey key_of(const KeyArrays& arrays, std::size_t position, Oid relation, std::size_t& expression,
                        const Assembly& assembly) {
  schema::IndexKey key;
  AttributeEntry attribute;
  if (const Oid number = arrays.attributes[position]; number != 0) {
    const auto found = assembly.attributes.find({relation, static_cast<int>(number)});
    if (found != assembly.attributes.end()) attribute = found->second;
    key.column.text = attribute.name;
  } else {
    key.expression.text = without_brackets(at_or(arrays.expressions, expression++, std::string()));
    attribute.type = static_cast<Oid>(std::stoul(at_or(arrays.expression_types, position, std::string("0"))));
    attribute.collation = 100;
  }
  const Oid collation = at_or(arrays.collations, position, Oid{0});
  if (collation != 0 && collation != attribute.collation) {
    key.collation = unquoted(at_or(arrays.collation_names, position, std::string("\"default\"")));
  }
  const auto operator_class = assembly.operator_classes.find(at_or(arrays.classes, position, Oid{0}));
  key.operator_class_parameters = at_or(arrays.parameters, position, std::string());
  // Parameters can only be said together with the class.
  if (operator_class != assembly.operator_classes.end() &&
      (!key.operator_class_parameters.empty() || !is_default(operator_class->second, attribute.type, assembly))) {
    key.operator_class = operator_class->second.name;
  }
  const Oid options = at_or(arrays.options, position, Oid{0});
  key.descending = (options & 1) != 0;
  key.nulls_first = (options & 2) != 0;
  return key;
}

schema::Index index_of(const Row& row, const Assembly& assembly) {
  schema::Index index;
  const Oid relation = oid(row, 1);
  index.name.text = row[2];
  index.method = row[3];
  index.unique = row.boolean(4);
  index.nulls_not_distinct = row.boolean(5);
  const bool partitioned = row[9] == "I";
  index.valid = row.boolean(6) || partitioned;
  index.on_only = partitioned && !row.boolean(6);
  index.clustered = row.boolean(7);
  index.replica_identity = row.boolean(8);
  index.storage_parameters = sorted(row.array(15));
  index.tablespace = row[16];
  if (!row.null(17)) index.predicate = schema::Expression{row.text(17)};
  index.comment = assembly.comment("pg_class", oid(row, 0));

  const KeyArrays arrays(row);
  const auto key_count = static_cast<std::size_t>(row.integer(10));
  std::size_t expression = 0;
  for (std::size_t i = 0; i < arrays.attributes.size(); ++i) {
    if (i < key_count) {
      index.keys.push_back(key_of(arrays, i, relation, expression, assembly));
    } else {
      index.include.push_back({assembly.attribute_name(relation, static_cast<int>(arrays.attributes[i]))});
    }
  }
  return index;
}
}  // namespace

void take_operator_classes(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    OperatorClassEntry entry{{row.text(1), row.text(2)}, oid(row, 3), oid(row, 4), row.boolean(5)};
    if (entry.is_default) assembly.default_classes.emplace(entry.method, entry.input_type);
    assembly.operator_classes.emplace(oid(row, 0), std::move(entry));
  }
}

void take_indexes(const Rows& rows, Assembly& assembly) {
  assembly.indexes.reserve(static_cast<std::size_t>(rows.size()));
  for (const Row row : rows) {
    assembly.index_of[oid(row, 0)] = assembly.indexes.size();
    assembly.indexes.push_back({oid(row, 1), index_of(row, assembly), column_name(row[22]).table, row.boolean(23)});
  }
}

void finish_indexes(Assembly& assembly) {
  for (IndexEntry& entry : assembly.indexes) {
    if (entry.of_constraint) continue;
    schema::Table* const table = assembly.table(entry.relation);
    if (table != nullptr && !entry.attached_to.empty()) {
      table->attached_indexes.push_back({std::move(entry.attached_to), std::move(entry.index)});
    } else if (table != nullptr) {
      table->indexes.push_back(std::move(entry.index));
    } else if (schema::View* const view = assembly.view(entry.relation)) {
      view->indexes.push_back(std::move(entry.index));
    }
  }
}

}  // namespace postgres::catalog
