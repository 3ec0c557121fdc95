// Collections as code sees them: `table.c`, `table.constraints`, `table.indexes`.
#include <algorithm>

#include "models/context.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

/// Columns by key, in order: of a table (live) or of a constraint (as they are).
class ColumnsObject final : public python::HostObject {
 public:
  explicit ColumnsObject(TableObject& table) : table_(&table) {}
  explicit ColumnsObject(std::vector<ColumnObject*> columns) : columns_(std::move(columns)) {}

  std::string_view type_name() const override { return "sqlalchemy.ColumnCollection"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    if (ColumnObject* column = find(name)) return column->self;
    const auto listed = [&](auto make) {
      return method(interpreter, "sqlalchemy.ColumnCollection.values",
                    [this, make](Interpreter& python, Arguments&) -> Outcome {
                      std::vector<Value> items;
                      for (ColumnObject* column : columns()) items.push_back(make(python, *column));
                      return python.list(std::move(items));
                    });
    };
    if (name == "keys") return listed([](Interpreter& python, ColumnObject& c) { return python.str(c.column_key); });
    if (name == "values") return listed([](Interpreter&, ColumnObject& c) { return c.self; });
    if (name == "items") {
      return listed([](Interpreter& python, ColumnObject& c) {
        return python.tuple({python.str(c.column_key), c.self});
      });
    }
    if (name == "get") {
      return method(interpreter, "sqlalchemy.ColumnCollection.get", [this](Interpreter&, Arguments& given) -> Outcome {
        const std::string* key = text_in(argument(given, 0, "key"));
        ColumnObject* column = key ? find(*key) : nullptr;
        return column ? column->self : argument(given, 1, "default");
      });
    }
    if (name == "contains_column") {
      return method(interpreter, "sqlalchemy.ColumnCollection.contains_column",
                    [this](Interpreter& python, Arguments& given) -> Outcome {
                      return python.boolean(contains(context(python), argument(given, 0, "col")));
                    });
    }
    return python::absent;
  }

  Outcome subscript(Interpreter& interpreter, Value index) override {
    if (const std::string* key = text_in(index)) {
      ColumnObject* column = find(*key);
      if (column) return column->self;
      if (table_ && !table_->incomplete.empty()) {
        return interpreter.unknown("the column " + *key + " of a table that could not be read whole");
      }
      return interpreter.raise("KeyError", *key);
    }
    if (const auto number = integer_in(index)) {
      const auto list = columns();
      const auto size = static_cast<std::int64_t>(list.size());
      const std::int64_t at = *number < 0 ? *number + size : *number;
      if (at < 0 || at >= size) return interpreter.raise("IndexError", "no such column");
      return list[static_cast<std::size_t>(at)]->self;
    }
    if (const auto* tuple = index.as<python::Tuple>()) {
      std::vector<ColumnObject*> chosen;
      for (const Value key : tuple->items) {
        const std::string* text = text_in(key);
        if (ColumnObject* column = text ? find(*text) : nullptr) chosen.push_back(column);
      }
      return interpreter.make<ColumnsObject>(std::move(chosen));
    }
    return python::absent;
  }

  Outcome iterate(Interpreter& interpreter) override {
    std::vector<Value> items;
    for (ColumnObject* column : columns()) items.push_back(column->self);
    return interpreter.list(std::move(items));
  }

  Outcome length(Interpreter& interpreter) override {
    return interpreter.integer(static_cast<std::int64_t>(columns().size()));
  }

  Outcome compare(Interpreter& interpreter, python::Comparison op, Value other) override {
    if (op != python::Comparison::In) return python::absent;
    return interpreter.boolean(contains(context(interpreter), other));
  }

 private:
  std::vector<ColumnObject*> columns() const { return table_ ? table_->columns : columns_; }
  ColumnObject* find(std::string_view key) const {
    if (table_) return table_->find(key);
    const auto found = std::ranges::find_if(columns_, [&](const ColumnObject* c) { return c->column_key == key; });
    return found == columns_.end() ? nullptr : *found;
  }
  bool contains(Context& context, Value what) const {
    if (const std::string* key = text_in(what)) return find(*key) != nullptr;
    const auto list = columns();
    return std::ranges::find(list, as_column(context, what)) != list.end();
  }

  TableObject* table_ = nullptr;
  std::vector<ColumnObject*> columns_;
};

/// A live set of a table's constraints or indexes.
template <class T>
class MemberSet final : public python::HostObject {
 public:
  MemberSet(TableObject& table, std::vector<T*> TableObject::*members, T* (*as)(Value))
      : table_(&table), members_(members), as_(as) {}

  std::string_view type_name() const override { return "builtins.set"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    if (name == "add") {
      return method(interpreter, "set.add", [this](Interpreter& python, Arguments& given) -> Outcome {
        T* item = as_(argument(given, 0, "item"));
        if (item) return attach(context(python), *table_, *item);
        return Value();
      });
    }
    if (name == "remove" || name == "discard") {
      return method(interpreter, "set.remove", [this](Interpreter&, Arguments& given) -> Outcome {
        remove(as_(argument(given, 0, "item")));
        return Value();
      });
    }
    if (name == "clear") {
      return method(interpreter, "set.clear", [this](Interpreter&, Arguments&) -> Outcome {
        while (!list().empty()) remove(list().back());
        return Value();
      });
    }
    if (name == "pop") {
      return method(interpreter, "set.pop", [this](Interpreter& python, Arguments&) -> Outcome {
        if (list().empty()) return python.raise("KeyError", "pop from an empty set");
        T* item = list().back();
        remove(item);
        return item->self;
      });
    }
    // What reads only is a set's own.
    return interpreter.find_attribute(snapshot(interpreter), name);
  }

  Outcome iterate(Interpreter& interpreter) override {
    std::vector<Value> items;
    for (T* item : list()) items.push_back(item->self);
    return interpreter.list(std::move(items));
  }

  Outcome length(Interpreter& interpreter) override {
    return interpreter.integer(static_cast<std::int64_t>(list().size()));
  }

  Outcome compare(Interpreter& interpreter, python::Comparison op, Value other) override {
    if (op != python::Comparison::In) return interpreter.compare(op, snapshot(interpreter), other);
    T* item = as_(other);
    return interpreter.boolean(item && std::ranges::find(list(), item) != list().end());
  }

  Outcome binary(Interpreter& interpreter, python::Binary op, Value other, bool reflected) override {
    const Value own = snapshot(interpreter);
    return reflected ? interpreter.binary(op, other, own) : interpreter.binary(op, own, other);
  }

 private:
  std::vector<T*>& list() { return table_->*members_; }
  void remove(T* item) { std::erase(list(), item); }
  Value snapshot(Interpreter& interpreter) {
    std::vector<Value> items;
    for (T* item : list()) items.push_back(item->self);
    return python_set(context(interpreter), items);
  }

  TableObject* table_;
  std::vector<T*> TableObject::*members_;
  T* (*as_)(Value);
};

template <class T>
void assign(Context& context, TableObject& table, std::vector<T*> TableObject::*members, T* (*as)(Value), Value value) {
  const Outcome items = context.interpreter->items(value);
  const auto* list = items.as<python::List>();
  if (!list) {
    note_unknown(table.incomplete, context.interpreter->settled(items));
    return;
  }
  std::vector<T*> kept;
  for (const Value item : list->items) {
    if (T* known = as(item)) kept.push_back(known);
  }
  table.*members = std::move(kept);
}

}  // namespace

Value column_collection(Context& context, TableObject& table) {
  return context.interpreter->make<ColumnsObject>(table);
}

Value column_collection(Context& context, const std::vector<ColumnObject*>& columns) {
  return context.interpreter->make<ColumnsObject>(columns);
}

Value constraint_set(Context& context, TableObject& table) {
  return context.interpreter->make<MemberSet<ConstraintObject>>(table, &TableObject::constraints, as_constraint);
}

Value index_set(Context& context, TableObject& table) {
  return context.interpreter->make<MemberSet<IndexObject>>(table, &TableObject::indexes, as_index);
}

void assign_constraints(Context& context, TableObject& table, Value value) {
  assign(context, table, &TableObject::constraints, as_constraint, value);
}

void assign_indexes(Context& context, TableObject& table, Value value) {
  assign(context, table, &TableObject::indexes, as_index, value);
}

}  // namespace models
