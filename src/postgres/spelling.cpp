#include "postgres/spelling.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "postgres/spelling/names.h"
#include "postgres/spelling/question.h"
#include "postgres/spelling/shape.h"
#include "schema/kinds.h"
#include "sql/expression.h"
#include "sql/parser.h"
#include "sql/quote.h"

namespace postgres {
namespace {
using schema::Expression;
using schema::Kind;
using spelling::Group;
using spelling::Question;
using spelling::Shape;

/// An expression of the desired side with those of the actual side that it may be the same as.
struct Slot {
  Expression* expression = nullptr;
  std::vector<const Expression*> counterparts;
  sql::Context context;
  schema::ObjectId id;
  std::string what;  ///< for messages: "the default of public.users.age"

  /// How the expression is attached to the stand-in, and read back.
  std::function<Question(const Shape&, const std::string& name)> question;
  std::string original{};  ///< the text before the server said its own
};

/// What the server is asked about one table, or about one domain with a table of no columns.
struct Subject {
  schema::Table shape;
  std::optional<schema::Table> actual_shape;  ///< the columns' types as they are now, where they differ
  std::vector<Slot> slots;
  std::vector<std::pair<schema::TypeName*, schema::Name>> types;  ///< with modifiers that the type itself spells
};

bool settled(Slot& slot) {
  for (const Expression* counterpart : slot.counterparts) {
    if (*counterpart == *slot.expression) return true;
  }
  for (const Expression* counterpart : slot.counterparts) {
    if (!sql::equivalent(*slot.expression, *counterpart, slot.context)) continue;
    *slot.expression = *counterpart;
    return true;
  }
  return false;
}

template <class T>
const T* named(const std::vector<T>& list, const schema::Name& name) {
  const auto found = std::ranges::find(list, name, &T::name);
  return found == list.end() ? nullptr : &*found;
}

/// The object of the same name first, then all others: names may be left open or have changed.
template <class T>
std::vector<const T*> candidates(const std::vector<T>& list, const schema::Name& name) {
  std::vector<const T*> result;
  if (const T* same = named(list, name)) result.push_back(same);
  for (const T& entry : list) {
    if (entry.name != name) result.push_back(&entry);
  }
  return result;
}

// ---- questions

std::string literal(const std::string& text) { return sql::quoted(sql::Literal{text}); }

std::string relation(const Shape& shape) { return literal(shape.table()) + "::regclass"; }

std::string column_value_query(const Shape& shape, const schema::Name& column) {
  return "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND "
         "a.attnum = d.adnum WHERE d.adrelid = " +
         relation(shape) + " AND a.attname = " + literal(column.text);
}

Question default_question(const Shape& shape, const schema::Name& column, const Expression& expression) {
  return {"ALTER TABLE " + shape.table() + " ALTER COLUMN " + sql::quoted(column) + " SET DEFAULT " +
              shape.text(expression),
          column_value_query(shape, column)};
}

/// The column was made with the shape; it is generated unless its expression was refused.
Question generated_question(const Shape& shape, const schema::Name& column) {
  return {"SELECT 1", column_value_query(shape, column)};
}

Question check_question(const Shape& shape, const std::string& name, const Expression& expression) {
  return {"ALTER TABLE " + shape.table() + " ADD CONSTRAINT " + name + " CHECK (" + shape.text(expression) + ")",
          "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = " + relation(shape) +
              " AND conname = " + literal(name)};
}

Question key_question(const Shape& shape, const std::string& name, const std::string& method,
                      const schema::IndexKey& key) {
  return {"CREATE INDEX " + name + " ON " + shape.table() + " USING " + sql::quoted(schema::Name{method}) + " (" +
              shape.text(key) + ")",
          "SELECT pg_get_indexdef(" + literal("pg_temp." + name) + "::regclass, 1, false)"};
}

Question predicate_question(const Shape& shape, const std::string& name, const Expression& predicate) {
  return {"CREATE INDEX " + name + " ON " + shape.table() + " ((1)) WHERE " + shape.text(predicate),
          "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = " + literal("pg_temp." + name) +
              "::regclass"};
}

Question policy_question(const Shape& shape, const std::string& name, const Expression& condition) {
  return {"CREATE POLICY " + name + " ON " + shape.table() + " USING (" + shape.text(condition) + ")",
          "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = " + relation(shape) +
              " AND polname = " + literal(name)};
}

Question domain_default_question(const Shape& shape, const std::string& name, const schema::TypeName& type,
                                 const Expression& expression) {
  return {"CREATE DOMAIN pg_temp." + name + " AS " + shape.text(type) + " DEFAULT " + shape.text(expression),
          "SELECT pg_get_expr(typdefaultbin, 0) FROM pg_type WHERE oid = " + literal("pg_temp." + name) + "::regtype"};
}

Question domain_check_question(const Shape& shape, const std::string& name, const schema::TypeName& type,
                               const Expression& expression) {
  return {"CREATE DOMAIN pg_temp." + name + " AS " + shape.text(type) + " CHECK (" + shape.text(expression) + ")",
          "SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE contypid = " + literal("pg_temp." + name) +
              "::regtype AND contype = 'c'"};
}

// ---- collecting

/// The slots of one table that are not settled by reading them.
class Collector {
 public:
  Collector(schema::Table& table, const schema::Table* actual) : table_(table), actual_(actual) {
    context_ = {table.name, &table.columns, {}};
    columns();
    for (schema::Check& check : table.checks) this->check(check);
    for (schema::Index& index : table.indexes) this->index(index);
    for (schema::Exclusion& exclusion : table.exclusions) this->exclusion(exclusion);
    for (schema::Policy& policy : table.policies) this->policy(policy);
  }

  std::vector<Slot> slots;

 private:
  void add(Expression& expression, std::vector<const Expression*> counterparts, Kind kind, const schema::Name& name,
           std::string what, std::function<Question(const Shape&, const std::string&)> question,
           schema::TypeName type = {}) {
    if (expression.text.empty()) return;
    Slot slot{&expression,     std::move(counterparts), context_, {kind, table_.name, name.text},
              std::move(what), std::move(question)};
    slot.context.type = std::move(type);
    if (!settled(slot)) slots.push_back(std::move(slot));
  }

  std::string place(const schema::Name& name) const { return schema::text(table_.name) + "." + name.text; }

  void columns() {
    for (schema::Column& column : table_.columns) {
      const schema::Column* const there = actual_ == nullptr ? nullptr : schema::find_column(*actual_, column.name);
      std::vector<const Expression*> counterparts;
      if (column.server_default) {
        if (there != nullptr && there->server_default) counterparts.push_back(&*there->server_default);
        add(
            *column.server_default, counterparts, Kind::Column, column.name, "the default of " + place(column.name),
            [&column](const Shape& shape, const std::string&) {
              return default_question(shape, column.name, *column.server_default);
            },
            column.type);
      } else if (column.generated) {
        if (there != nullptr && there->generated) counterparts.push_back(&there->generated->expression);
        add(column.generated->expression, counterparts, Kind::Column, column.name,
            "the expression of " + place(column.name),
            [&column](const Shape& shape, const std::string&) { return generated_question(shape, column.name); });
      }
    }
  }

  void check(schema::Check& check) {
    std::vector<const Expression*> counterparts;
    if (actual_ != nullptr) {
      for (const auto* there : candidates(actual_->checks, check.name)) counterparts.push_back(&there->expression);
    }
    add(check.expression, counterparts, Kind::Check, check.name, "the check " + place(check.name),
        [&check](const Shape& shape, const std::string& name) {
          return check_question(shape, name, check.expression);
        });
  }

  void key(schema::IndexKey& key, std::size_t position, Kind kind, const schema::Name& name, const std::string& method,
           const std::vector<const schema::IndexKey*>& there) {
    (void)position;
    std::vector<const Expression*> counterparts;
    for (const schema::IndexKey* candidate : there) {
      if (!candidate->expression.text.empty()) counterparts.push_back(&candidate->expression);
    }
    add(key.expression, counterparts, kind, name, "a key of " + place(name),
        [&key, method](const Shape& shape, const std::string& unique) {
          return key_question(shape, unique, method, key);
        });
  }

  void predicate(std::optional<Expression>& predicate, Kind kind, const schema::Name& name,
                 const std::vector<const Expression*>& counterparts) {
    if (!predicate) return;
    add(*predicate, counterparts, kind, name, "the condition of " + place(name),
        [&predicate](const Shape& shape, const std::string& unique) {
          return predicate_question(shape, unique, *predicate);
        });
  }

  void index(schema::Index& index) {
    std::vector<const schema::IndexKey*> keys;
    std::vector<const Expression*> predicates;
    if (actual_ != nullptr) {
      for (const schema::Index* there : candidates(actual_->indexes, index.name)) {
        for (const schema::IndexKey& key : there->keys) keys.push_back(&key);
        if (there->predicate) predicates.push_back(&*there->predicate);
      }
    }
    for (std::size_t i = 0; i < index.keys.size(); ++i) {
      key(index.keys[i], i, Kind::Index, index.name, index.method, keys);
    }
    predicate(index.predicate, Kind::Index, index.name, predicates);
  }

  void exclusion(schema::Exclusion& exclusion) {
    std::vector<const schema::IndexKey*> keys;
    std::vector<const Expression*> predicates;
    if (actual_ != nullptr) {
      for (const schema::Exclusion* there : candidates(actual_->exclusions, exclusion.name)) {
        for (const auto& element : there->elements) keys.push_back(&element.key);
        if (there->predicate) predicates.push_back(&*there->predicate);
      }
    }
    for (std::size_t i = 0; i < exclusion.elements.size(); ++i) {
      key(exclusion.elements[i].key, i, Kind::Exclusion, exclusion.name, exclusion.method, keys);
    }
    predicate(exclusion.predicate, Kind::Exclusion, exclusion.name, predicates);
  }

  void policy(schema::Policy& policy) {
    std::vector<const Expression*> usings;
    std::vector<const Expression*> checks;
    if (actual_ != nullptr) {
      for (const schema::Policy* there : candidates(actual_->policies, policy.name)) {
        if (there->using_expr) usings.push_back(&*there->using_expr);
        if (there->with_check_expr) checks.push_back(&*there->with_check_expr);
      }
    }
    for (auto* clause : {&policy.using_expr, &policy.with_check_expr}) {
      if (!*clause) continue;
      const bool is_using = clause == &policy.using_expr;
      add(**clause, is_using ? usings : checks, Kind::Policy, policy.name,
          std::string(is_using ? "USING" : "WITH CHECK") + " of policy " + place(policy.name),
          [clause](const Shape& shape, const std::string& name) { return policy_question(shape, name, **clause); });
    }
  }

  schema::Table& table_;
  const schema::Table* actual_;
  sql::Context context_;
};

Subject domain_subject(schema::Domain& domain, const schema::Domain* actual) {
  Subject subject;
  subject.shape.name = {domain.name.schema, "agent_migrate_domain"};
  const auto add = [&](Expression& expression, std::vector<const Expression*> counterparts, std::string what,
                       std::function<Question(const Shape&, const std::string&)> question, schema::TypeName type) {
    Slot slot{&expression,
              std::move(counterparts),
              {{}, nullptr, std::move(type)},
              {Kind::Domain, domain.name, ""},
              std::move(what) + " of domain " + schema::text(domain.name),
              std::move(question)};
    if (!expression.text.empty() && !settled(slot)) subject.slots.push_back(std::move(slot));
  };
  if (domain.server_default) {
    std::vector<const Expression*> counterparts;
    if (actual != nullptr && actual->server_default) counterparts.push_back(&*actual->server_default);
    add(
        *domain.server_default, counterparts, "the default",
        [&domain](const Shape& shape, const std::string& name) {
          return domain_default_question(shape, name, domain.type, *domain.server_default);
        },
        domain.type);
  }
  for (schema::Check& check : domain.checks) {
    std::vector<const Expression*> counterparts;
    if (actual != nullptr) {
      for (const auto* there : candidates(actual->checks, check.name)) counterparts.push_back(&there->expression);
    }
    add(check.expression, counterparts, "the check " + check.name.text,
        [&domain, &check](const Shape& shape, const std::string& name) {
          return domain_check_question(shape, name, domain.type, check.expression);
        },
        {});
  }
  return subject;
}

/// The desired table with the types that its columns have now; none where they are the same.
std::optional<schema::Table> actual_shape(const schema::Table& desired, const schema::Table& actual) {
  schema::Table shape = desired;
  bool differs = false;
  for (schema::Column& column : shape.columns) {
    const schema::Column* const there = schema::find_column(actual, column.name);
    if (there == nullptr || (there->type == column.type && there->collation == column.collation)) continue;
    column.type = there->type;
    column.collation = there->collation;
    differs = true;
  }
  if (!differs) return std::nullopt;
  return shape;
}

std::vector<Subject> subjects(schema::Database& desired, const schema::Database& actual) {
  std::vector<Subject> result;
  std::unordered_map<schema::QualifiedName, const schema::Table*> by_name;
  for (const schema::Table& table : actual.tables) by_name.emplace(table.name, &table);
  const auto known =
      std::ranges::count_if(desired.tables, [&](const schema::Table& table) { return by_name.contains(table.name); });
  const bool some_lack_a_counterpart = static_cast<std::size_t>(known) < by_name.size();
  for (schema::Table& table : desired.tables) {
    const auto found = by_name.find(table.name);
    const schema::Table* const there = found == by_name.end() ? nullptr : found->second;
    // A new table is made as the model says it, unless it may be an old one under a new name.
    if (there == nullptr && !some_lack_a_counterpart) continue;
    Subject subject;
    subject.slots = Collector(table, there).slots;
    for (schema::Column& column : table.columns) {
      const schema::Column* const same = there == nullptr ? nullptr : schema::find_column(*there, column.name);
      if (same == nullptr || column.type.schema.empty() || column.type.modifiers.empty()) continue;
      if (same->type != column.type) subject.types.emplace_back(&column.type, column.name);
    }
    if (subject.slots.empty() && subject.types.empty()) continue;
    subject.shape = table;
    if (there != nullptr) subject.actual_shape = actual_shape(table, *there);
    result.push_back(std::move(subject));
  }
  for (schema::Domain& domain : desired.domains) {
    const auto there = std::ranges::find(actual.domains, domain.name, &schema::Domain::name);
    if (there == actual.domains.end()) continue;
    Subject subject = domain_subject(domain, &*there);
    if (!subject.slots.empty()) result.push_back(std::move(subject));
  }
  return result;
}

// ---- asking

std::string question_name(std::size_t position) { return "agent_migrate_" + std::to_string(position); }

std::string type_query(const Shape& shape, const schema::Name& column) {
  return "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = " + relation(shape) +
         " AND attname = " + literal(column.text);
}

Group group_of(const Subject& subject, const Shape& shape) {
  Group group = shape.preparation();
  for (std::size_t i = 0; i < subject.slots.size(); ++i) {
    group.push_back(subject.slots[i].question(shape, question_name(i)));
  }
  for (const auto& [type, column] : subject.types) group.push_back({"SELECT 1", type_query(shape, column)});
  return group;
}

/// pg_get_indexdef puts brackets around what is no function call; catalogs are read without them.
std::string unbracketed(std::string text) {
  if (text.size() < 2 || text.front() != '(') return text;
  return text.substr(1, text.size() - 2);
}

bool is_key(const Slot& slot) { return slot.what.starts_with("a key of "); }

/// Names that the desired state has and the actual one lacks: what the server refuses for their sake is no news.
std::set<std::string> new_names(const schema::Database& desired, const schema::Database& actual) {
  std::set<std::string> names;
  const auto collect = [](const schema::Database& database, std::set<std::string>& into) {
    for (const auto& table : database.tables) {
      into.insert(table.name.name);
      for (const auto& column : table.columns) into.insert(column.name.text);
    }
    for (const auto& type : database.enums) {
      into.insert(type.name.name);
      into.insert(type.labels.begin(), type.labels.end());
    }
    for (const auto& entry : database.domains) into.insert(entry.name.name);
    for (const auto& entry : database.composites) into.insert(entry.name.name);
    for (const auto& entry : database.sequences) into.insert(entry.name.name);
    for (const auto& entry : database.routines) into.insert(entry.name.name);
    for (const auto& entry : database.views) into.insert(entry.name.name);
    for (const auto& entry : database.roles) into.insert(entry.name.text);
    for (const auto& entry : database.extensions) into.insert(entry.name.text);
  };
  collect(desired, names);
  std::set<std::string> old;
  collect(actual, old);
  std::erase_if(names, [&](const std::string& name) { return old.contains(name); });
  return names;
}

bool mentions(const std::string& text, const std::set<std::string>& names) {
  const auto tokens = sql::scanned(text);
  if (!tokens) return false;
  return std::ranges::any_of(*tokens, [&](const sql::Token& token) {
    std::string word = text.substr(token.begin, token.end - token.begin);
    if (token.kind == sql::TokenKind::Word) return names.contains(base::lowered(word));
    return word.size() > 2 && names.contains(word.substr(1, word.size() - 2));
  });
}

void refuse(const Slot& slot, const spelling::Answer& answer, const std::set<std::string>& news,
            base::Diagnostics& diagnostics) {
  if (mentions(slot.expression->text, news)) return;
  diagnostics.push_back({"EXPRESSION_REFUSED",
                         "the server refuses " + slot.what + " (" + slot.expression->text + "): " + answer.message,
                         {},
                         schema::text(slot.id.owner)});
}

/// What the server said, into the desired state. Gives the slots that are not settled yet.
void take_answers(Subject& subject, const Shape& shape, const std::vector<spelling::Answer>& answers,
                  const std::set<std::string>& news, base::Diagnostics& diagnostics) {
  std::size_t next = shape.preparation().size();
  std::vector<Slot> open;
  for (Slot& slot : subject.slots) {
    const spelling::Answer& answer = answers[next++];
    if (!answer.text) {
      refuse(slot, answer, news, diagnostics);
      continue;
    }
    slot.original =
        std::exchange(slot.expression->text, shape.real(is_key(slot) ? unbracketed(*answer.text) : *answer.text));
    if (!settled(slot)) open.push_back(std::move(slot));
  }
  subject.slots = std::move(open);
  for (const auto& [type, column] : subject.types) {
    const spelling::Answer& answer = answers[next++];
    const auto bracket = answer.text ? answer.text->rfind('(') : std::string::npos;
    if (bracket != std::string::npos) {
      type->modifiers = answer.text->substr(bracket + 1, answer.text->rfind(')') - bracket - 1);
    }
  }
}

/// The same, with the types as they are now: what the server will carry over when a column's type changes is no
/// change of its own.
void take_carried_over(Subject& subject, const Shape& shape, const std::vector<spelling::Answer>& answers) {
  std::size_t next = shape.preparation().size();
  for (Slot& slot : subject.slots) {
    const spelling::Answer& answer = answers[next++];
    if (!answer.text) continue;
    const Expression spelled_now{shape.real(is_key(slot) ? unbracketed(*answer.text) : *answer.text)};
    for (const Expression* counterpart : slot.counterparts) {
      if (*counterpart == spelled_now) *slot.expression = *counterpart;
    }
  }
}

Group carried_over_group(Subject& subject, const Shape& shape) {
  const auto exchange = [&] {
    for (Slot& slot : subject.slots) std::swap(slot.expression->text, slot.original);
  };
  exchange();
  Group group = group_of(subject, shape);
  exchange();
  return group;
}

bool cannot_ask(const base::Error& error) {
  // No TEMP privilege, a read-only server, no plpgsql, or a server that does not do what it must.
  return !error.sqlstate.empty() && error.code != base::ErrorCode::DbConnection;
}

void compare_by_syntax(const std::vector<Subject>& subjects, const base::Error& error, base::Diagnostics& diagnostics) {
  for (const Subject& subject : subjects) {
    for (const Slot& slot : subject.slots) {
      diagnostics.push_back({"COMPARED_BY_SYNTAX",
                             slot.what + " is compared by its text, since the server cannot be asked: " + error.message,
                             {},
                             schema::text(slot.id.owner)});
    }
  }
}
}  // namespace

base::Result<Spelled> spelled(Connection& connection, schema::Database desired, const schema::Database& actual) {
  Spelled result;
  if (base::Result<void> resolved = spelling::resolve_names(connection, desired, actual); !resolved) {
    return std::unexpected(std::move(resolved.error()));
  }
  result.database = std::move(desired);
  std::vector<Subject> asked = subjects(result.database, actual);
  std::vector<Shape> shapes;
  std::vector<Group> groups;
  for (const Subject& subject : asked) {
    shapes.emplace_back(subject.shape, result.database, actual);
    groups.push_back(group_of(subject, shapes.back()));
  }
  auto answers = spelling::answers(connection, groups);
  if (!answers) {
    if (!cannot_ask(answers.error())) return std::unexpected(std::move(answers.error()));
    compare_by_syntax(asked, answers.error(), result.diagnostics);
    return result;
  }
  const std::set<std::string> news = new_names(result.database, actual);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    take_answers(asked[i], shapes[i], (*answers)[i], news, result.diagnostics);
  }
  std::erase_if(asked, [](const Subject& subject) { return subject.slots.empty() || !subject.actual_shape; });
  shapes.clear();
  groups.clear();
  for (Subject& subject : asked) {
    subject.types.clear();
    shapes.emplace_back(*subject.actual_shape, actual, actual);
    groups.push_back(carried_over_group(subject, shapes.back()));
  }
  auto carried = spelling::answers(connection, groups);
  if (!carried) return result;
  for (std::size_t i = 0; i < asked.size(); ++i) take_carried_over(asked[i], shapes[i], (*carried)[i]);
  return result;
}

}  // namespace postgres
