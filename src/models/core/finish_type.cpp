// Types of columns in the catalog's form; enums, domains and sequences that are made for them.
#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/finish_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/type_name.h"

namespace models {
using python::Value;
using schema::Kind;

schema::QualifiedName Finisher::named_type(const Type& type) const {
  return {type.schema.empty() ? options_.default_schema : type.schema, type.name};
}

namespace {

/// The enum or domain in a type: itself, what a decorator decorates, the element of an array.
const Type* named_part(const Type& type) {
  const Type* at = &type;
  for (int depth = 0; at && depth < 20; ++depth) {
    if (!at->spec.empty()) return nullptr;
    const bool native = at->enumeration && at->enumeration->native;
    if (native || at->domain) return at;
    const bool inside = at->decorated || (at->of && at->of->affinity == Affinity::Array);
    at = inside ? at->item.get() : nullptr;
  }
  return nullptr;
}

bool is_array(const Type& type) {
  const Type& beneath = implementation(type);
  return beneath.spec.empty() && beneath.of && beneath.of->affinity == Affinity::Array;
}

}  // namespace

schema::TypeName Finisher::type_name(const Type& type, schema::QualifiedName& collation, std::string& problem) {
  if (const Type* named = named_part(type)) {
    if (named->name.empty()) {
      problem = "the type needs a name";
      return {};
    }
    const schema::QualifiedName name = named_type(*named);
    return {name.schema, name.name, "", is_array(type)};
  }
  const WrittenType text = written_apart(type);
  if (text.type.empty()) {
    problem =
        is_null_type(std::make_shared<const Type>(type)) ? "the column has no type" : "PostgreSQL has no such type";
    return {};
  }
  if (!text.collation.empty()) collation = {"", text.collation};
  const auto known = sql::canonical_type(text.type);
  if (!known) {
    problem = text.type + " is no type: " + known.error().message;
    return {};
  }
  schema::TypeName result = *known;
  const schema::QualifiedName own{options_.default_schema, result.name};
  if (result.schema.empty() && !sql::in_catalog(result) && types_.contains(own)) result.schema = own.schema;
  return result;
}

void Finisher::need_named_type(const Type& type, const base::Place& where) {
  const Type* named = named_part(type);
  if (!named || named->name.empty()) return;
  const bool made = named->enumeration ? named->enumeration->create_type : named->domain->create_type;
  if (!made || !types_.insert(named_type(*named)).second) return;
  need_schema(named_type(*named).schema);
  if (named->enumeration) {
    add_enum(*named, where);
  } else {
    add_domain(*named, where);
  }
}

void Finisher::add_enum(const Type& type, const base::Place& where) {
  schema::EnumType made;
  made.name = named_type(type);
  made.labels = type.enumeration->labels;
  if (where.line > 0) reading_.origins.emplace(schema::ObjectId{Kind::EnumType, made.name, {}}, where);
  names_.take_relation(made.name.schema, made.name.name);
  reading_.database.enums.push_back(std::move(made));
}

void Finisher::add_domain(const Type& type, const base::Place& where) {
  schema::Domain made;
  made.name = named_type(type);
  std::string problem;
  if (type.domain->base) {
    need_named_type(*type.domain->base, where);
    made.type = type_name(*type.domain->base, made.collation, problem);
  }
  if (!problem.empty()) unresolved_text(Kind::Domain, made.name, {}, "type", where, problem, "a domain's type");
  if (!type.domain->collation.empty()) made.collation = {"", type.domain->collation};
  made.not_null = type.domain->not_null;
  made.server_default = type.domain->server_default;
  if (type.domain->check) {
    schema::Check check;
    check.expression = *type.domain->check;
    // The name stands before NOT NULL where there is one, and is lost with it.
    const bool named = !type.domain->constraint_name.empty() && !type.domain->not_null;
    check.name_open = !named;
    check.name.text = named ? clipped_identifier(type.domain->constraint_name)
                            : names_.choose_constraint(made.name.schema, made.name.name, "", "check");
    made.checks.push_back(std::move(check));
  }
  if (where.line > 0) reading_.origins.emplace(schema::ObjectId{Kind::Domain, made.name, {}}, where);
  reading_.database.domains.push_back(std::move(made));
}

schema::SequenceOptions Finisher::sequence_options(const DialectOptions& options, const std::string& type) {
  const auto number = [&](std::string_view wanted) -> std::optional<std::int64_t> {
    for (const auto& [name, value] : options) {
      if (name == wanted) return integer_in(value);
    }
    return {};
  };
  const std::int64_t increment = number("increment").value_or(1);
  const bool integer_type = type == "smallint" || type == "integer" || type == "bigint";
  schema::SequenceOptions made = schema::default_sequence_options(integer_type ? type : "bigint", increment);
  made.increment = increment;
  if (const auto minimum = number("minvalue")) made.minimum = *minimum;
  if (const auto maximum = number("maxvalue")) made.maximum = *maximum;
  made.start = number("start").value_or(increment < 0 ? made.maximum : made.minimum);
  if (const auto cache = number("cache")) made.cache = *cache;
  made.cycle = number("cycle").value_or(0) != 0;
  return made;
}

void Finisher::add_sequence(const SequenceObject& sequence) {
  element_ = sequence.location;
  if (sequence.name.is_unknown() || sequence.schema.is_unknown()) {
    const Value reason = sequence.name.is_unknown() ? sequence.name.unknown : sequence.schema.unknown;
    unresolved(Kind::Sequence, {}, {}, {}, reason, "the name of a sequence cannot be read");
    return;
  }
  schema::Sequence made;
  made.name = {schema_name(sequence.schema), catalog_name(sequence.name)};
  if (!sequences_.insert(made.name).second) return;
  need_schema(made.name.schema);
  names_.take_relation(made.name.schema, made.name.name);
  std::string type = "bigint";
  if (!sequence.data_type.is_none()) {
    schema::QualifiedName collation;
    std::string problem;
    const schema::TypeName said = type_name(*type_from(context_, sequence.data_type), collation, problem);
    if (!said.empty()) type = said.name;
  }
  made.options = sequence_options(sequence.sequence, type);
  for (const auto& [name, value] : sequence.sequence) {
    if (value.is_unknown()) {
      unresolved(Kind::Sequence, made.name, {}, "options", value,
                 "the options of sequence " + schema::text(made.name) + " cannot be read");
    }
  }
  origin(Kind::Sequence, made.name, {}, sequence.location);
  reading_.database.sequences.push_back(std::move(made));
}

}  // namespace models
