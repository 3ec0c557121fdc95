#include "models/orm/scan.h"

#include <algorithm>
#include <array>

#include "models/orm/events.h"

namespace models::orm {
using python::Annotation;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::array<std::string_view, 4> directives = {"__table__", "__mapper_args__", "__tablename__",
                                                        "__table_args__"};

bool is_directive(std::string_view name) { return std::ranges::find(directives, name) != directives.end(); }

bool may_be_mapped(std::string_view name) {
  return is_directive(name) || !(name.starts_with("__") || name.starts_with("_sa_"));
}

bool is_column(Value value) { return host_object<ColumnObject>(value) || host_object<MappedColumnObject>(value); }

/// `util.merge_lists_w_ordering`: walks one list and changes to the other at each name that is in both.
std::vector<std::string> merged(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  std::unordered_set<std::string> of_left(left.begin(), left.end());
  std::unordered_set<std::string> overlap;
  for (const std::string& name : right) {
    if (of_left.contains(name)) overlap.insert(name);
  }
  std::vector<std::string> result;
  const std::vector<std::string>* current = &left;
  const std::vector<std::string>* other = &right;
  std::size_t at = 0;
  std::size_t other_at = 0;
  while (true) {
    bool changed = false;
    while (at < current->size()) {
      const std::string& name = (*current)[at++];
      if (overlap.erase(name) > 0) {
        std::swap(current, other);
        std::swap(at, other_at);
        changed = true;
        break;
      }
      result.push_back(name);
    }
    if (changed) continue;
    result.insert(result.end(), other->begin() + static_cast<std::ptrdiff_t>(other_at), other->end());
    return result;
  }
}

std::vector<std::string> names_of(const Class& type) {
  std::vector<std::string> names;
  for (const auto& entry : type.attributes->table.entries()) {
    if (const auto* name = entry.key.as<python::Str>()) names.push_back(name->text);
  }
  return names;
}

/// A class attribute that is there directly, or comes from a superclass that is no mapped one.
std::optional<Value> unmapped_attribute(Interpreter& interpreter, const Class& type, std::string_view name) {
  for (const Value& base : type.mro) {
    const Class* above = base.as<Class>();
    if (!above || !above->own(name)) continue;
    if (above != &type && nearest_mapping(*above)) continue;
    return interpreter.settled(interpreter.attribute(const_cast<Class&>(type), name));
  }
  return std::nullopt;
}
}  // namespace

Value* OrderedValues::find(std::string_view name) {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? nullptr : &entries_[found->second].second;
}

void OrderedValues::set(std::string_view name, Value value) {
  const auto [found, added] = index_.try_emplace(std::string(name), entries_.size());
  if (added) {
    entries_.emplace_back(name, value);
  } else {
    entries_[found->second].second = value;
  }
}

void OrderedValues::erase(std::string_view name) {
  const auto found = index_.find(std::string(name));
  if (found == index_.end()) return;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(found->second));
  index_.clear();
  for (std::size_t at = 0; at < entries_.size(); ++at) index_.emplace(entries_[at].first, at);
}

ClassScan::ClassScan(Interpreter& interpreter, RegistryObject& registry, ClassMapping& mapping)
    : interpreter_(interpreter),
      context_(context(interpreter)),
      registry_(registry),
      mapping_(mapping),
      class_(mapping.mapped) {
  for (std::string& name : names_of(class_)) body_.insert(std::move(name));
  for (const Annotation& annotation : interpreter_.annotations(class_)) body_annotations_.emplace(annotation.name);
  const Outcome allow = interpreter_.find_attribute(class_, "__allow_unmapped__");
  const Outcome transforms = interpreter_.find_attribute(class_, "_sa_apply_dc_transforms");
  allow_unmapped_ = (allow && interpreter_.is_true(*allow)) || (transforms && interpreter_.is_true(*transforms));
  is_dataclass_ = interpreter_.find_in_mro(class_, "__dataclass_fields__") != nullptr;
  fixed_table_ = body_.contains("__table__");
  if (!is_dataclass_) return;
  const std::optional<Value> key = unmapped_attribute(interpreter_, class_, "__sa_dataclass_metadata_key__");
  if (const auto* text = key ? key->as<python::Str>() : nullptr) dataclass_key_ = text->text;
}

Outcome ClassScan::run() {
  mapping_.scanning = true;
  scan_attributes();
  const Outcome inheritance = set_up_inheritance();
  if (!inheritance) return mapping_.scanning = false, inheritance;
  extract_properties();
  extract_columns();
  Outcome outcome = set_up_table();
  if (outcome) outcome = add_to_inherited_table();
  mapping_.scanning = false;
  if (!outcome) return outcome;
  if (!mapping_.deferred) {
    run_listeners(interpreter_, "class_instrument", &mapping_);
    run_listeners(interpreter_, "instrument_class", &mapping_);
    install_attributes();
    run_listeners(interpreter_, "after_mapper_constructed", &mapping_);
    run_mapper_function();
  }
  check_primary_key();
  return interpreter_.none();
}

/// `__mapper_cls__`: a function that makes the mapper and may do more, such as mapping a class for the history.
void ClassScan::run_mapper_function() {
  const Value* found = interpreter_.find_in_mro(class_, "__mapper_cls__");
  if (!found) return;
  DeclaredAttrObject* declared = host_object<DeclaredAttrObject>(*found);
  const Outcome function = declared ? declared->get(interpreter_, interpreter_.none(), class_)
                                    : interpreter_.attribute(class_, "__mapper_cls__");
  python::Arguments arguments({Value(&class_)});
  if (mapping_.table) arguments.positional.emplace_back(mapping_.table);
  const Outcome done = function ? interpreter_.call(*function, std::move(arguments)) : function;
  const Value made = interpreter_.settled(done, place_of("__mapper_cls__"));
  if (const auto* unknown = made.as<python::Unknown>()) {
    note_incomplete(*unknown, class_.location, class_.name + ".__mapper_cls__");
    if (mapping_.table) mapping_.table->incomplete.push_back(unknown);
  }
}

ScannedBase ClassScan::scanned(Class& type) {
  ScannedBase base;
  base.type = &type;
  base.is_mapped = &type != &class_ && is_mapped(type);
  base.annotations = interpreter_.annotations(type);
  std::vector<std::string> annotated;
  for (const Annotation& annotation : base.annotations) annotated.emplace_back(annotation.name);
  for (std::string& name : merged(names_of(type), annotated)) {
    if (!may_be_mapped(name)) continue;
    const auto annotation = std::ranges::find(base.annotations, name, &Annotation::name);
    base.names.push_back({std::move(name), annotation == base.annotations.end() ? nullptr : &*annotation, {}});
  }
  if (!dataclass_key_) return base;
  for (BodyName& name : base.names) {
    // A field that the class only inherits belongs to the class that it comes from.
    if (name.annotation || type.own(name.name)) name.dataclass_field = dataclass_field(type, name.name);
  }
  return base;
}

/// What the metadata of a dataclass field has for SQLAlchemy; a function in it as a declared_attr.
std::optional<Value> ClassScan::dataclass_field(const Class& type, std::string_view name) {
  if (!dataclass_key_) return std::nullopt;
  const Value* fields = type.own("__dataclass_fields__");
  const auto* dict = fields ? fields->as<python::Dict>() : nullptr;
  const Value* field = dict ? dict->find(name) : nullptr;
  if (!field) return std::nullopt;
  const Outcome metadata = interpreter_.find_attribute(*field, "metadata");
  if (!metadata) return std::nullopt;
  const Outcome entry = interpreter_.subscript(*metadata, interpreter_.str(*dataclass_key_));
  if (!entry) {
    interpreter_.clear_exception();
    return std::nullopt;
  }
  if (!entry.as<python::Function>()) return *entry;
  Value& declared = functions_of_fields_.try_emplace(entry.value().object()).first->second;
  if (declared.is_none()) {
    const Value code = *entry;  // called without the class
    declared = interpreter_.make<DeclaredAttrObject>(
        interpreter_.builtin("declared_attr",
                             [code](Interpreter& inner, python::Arguments&) { return inner.call(code); }),
        false);
  }
  return declared;
}

void ClassScan::scan_attributes() {
  std::vector<ScannedBase> bases;
  const std::vector<Value> mro = class_.mro;
  for (const Value& entry : mro) {
    Class* type = entry.as<Class>();
    if (!type || type->builtin) continue;
    bases.push_back(scanned(*type));
    // Annotations are referred to by address.
    if (type != &class_ && !bases.back().is_mapped) copy_columns(bases.back());
  }
  bool from_superclass = false;
  for (ScannedBase& base : bases) {
    const bool had_args = has_table_args_;
    collect(base);
    if (!had_args && has_table_args_ && base.type != &class_) from_superclass = true;
  }
  if (from_superclass && !has_table_name_) table_args_ = interpreter_.none(), has_table_args_ = false;
  look_for_unknown_bases();
}

void ClassScan::look_for_unknown_bases() {
  for (const Value& base : class_.mro) {
    const auto* unknown = base.as<python::Unknown>();
    if (unknown) note_incomplete(*unknown, class_.location, "a base class of " + class_.name);
  }
  if (class_.incomplete) note_incomplete(*class_.incomplete, class_.location, "a part of the class " + class_.name);
}

std::optional<Value> ClassScan::own_value(const ScannedBase& base, const BodyName& name) const {
  if (name.dataclass_field) return name.dataclass_field;
  const Value* value = base.type->own(name.name);
  if (!value || value->is_none()) return std::nullopt;
  return value->as<python::Call>() && name.annotation ? column_of_call(base, name, *value) : *value;
}

/// `x: Mapped[int] = helper()` of a library whose helper is not described: it may give a column.
Value ClassScan::column_of_call(const ScannedBase& base, const BodyName& name, Value call) const {
  const auto* callee = call.as<python::Call>()->callee.as<python::External>();
  const Outcome annotation = AnnotationReader(interpreter_, class_, *base.type).value(*name.annotation);
  if (!callee || !annotation || !mapped_annotation(interpreter_, *annotation)) return call;
  return interpreter_.unknown("what " + callee->qualified_name + "() gives is not described",
                              name.annotation->location);
}

/// Whether the class has something else under this name than what the mixin brings (`attribute_is_overridden`).
bool ClassScan::is_overridden(std::string_view name, std::optional<Value> value) {
  const Value* found = interpreter_.find_in_mro(class_, name);
  const bool is_same = value ? found && *found == *value : !found || found->is_none();
  if (!dataclass_key_) return found && !is_same;
  const std::optional<Value> field = dataclass_field(class_, name);
  if (field && body_annotations_.contains(std::string(name))) return field != value;
  if (is_same) return false;
  if (found && host_object<AttributeObject>(*found)) return true;
  return field && field != value;
}

MappedColumnObject* ClassScan::blank_column(const python::Location& location) {
  python::Arguments arguments;
  arguments.location = location;
  MappedColumnObject* column = interpreter_.make<MappedColumnObject>();
  column->column = make_column(context_, arguments);
  return column;
}

/// The annotation of an attribute, if it counts; the first one that was met along the MRO.
const CollectedAnnotation* ClassScan::collect_annotation(std::string_view name, Outcome annotation, Class& holder,
                                                         std::optional<Value> value) {
  const std::string key(name);
  if (const auto known = annotations_.find(key); known != annotations_.end()) return &known->second;
  if (!annotation || is_class_var(*annotation)) return nullptr;
  CollectedAnnotation collected;
  collected.holder = &holder;
  collected.attribute_value = value;
  if (const auto mapped = mapped_annotation(interpreter_, *annotation)) {
    collected.extracted = mapped->argument;
    collected.in_mapped = true;
  } else {
    collected.extracted = *annotation;
  }
  return &annotations_.emplace(key, std::move(collected)).first->second;
}

/// Columns of mixins are copied before anything else, so that declared_attr functions see the copies.
void ClassScan::copy_columns(ScannedBase& base) {
  const AnnotationReader reader(interpreter_, class_, *base.type);
  for (const BodyName& name : base.names) {
    if (is_directive(name.name)) continue;
    const std::optional<Value> value = own_value(base, name);
    if (!value) {
      if (fixed_table_ || !name.annotation || is_overridden(name.name, value)) continue;
      const Outcome annotation = reader.value(*name.annotation);
      if (!annotation || !mapped_annotation(interpreter_, *annotation)) continue;
      collect_annotation(name.name, annotation, *base.type, std::nullopt);
      const Value column = blank_column(name.annotation->location);
      base.copies.set(name.name, column);
      interpreter_.store(class_, name.name, column);
      continue;
    }
    if (!is_column(*value) || is_overridden(name.name, value)) continue;
    if (name.annotation) collect_annotation(name.name, reader.value(*name.annotation), *base.type, value);
    if (body_.contains(name.name)) continue;
    Value copy;
    if (MappedColumnObject* mapped = host_object<MappedColumnObject>(*value)) {
      MappedColumnObject* made = interpreter_.make<MappedColumnObject>();
      made->has_nullable = mapped->has_nullable;
      made->has_insert_default = mapped->has_insert_default;
      made->use_existing_column = mapped->use_existing_column;
      made->sort_order = mapped->sort_order;
      made->column = copied(context_, *mapped->column);
      made->column->order = mapped->column->order;
      copy = made;
    } else {
      const ColumnObject& original = *host_object<ColumnObject>(*value);
      ColumnObject* made = copied(context_, original);
      made->order = original.order;
      copy = made;
    }
    if (fixed_table_) {
      const TableObject* table = as_table(*class_.own("__table__"));
      const ColumnObject* column = as_column(context_, copy);
      if (table && column && table->find(column->name.empty() ? name.name : column->name.text)) continue;
    }
    base.copies.set(name.name, copy);
    interpreter_.store(class_, name.name, copy);
  }
}

void ClassScan::collect(ScannedBase& base) {
  for (const auto& [name, copy] : base.copies.entries()) collected_.set(name, copy);
  for (const BodyName& name : base.names) {
    const std::optional<Value> value = own_value(base, name);
    if (is_directive(name.name)) {
      collect_directive(base, name, value);
    } else if (base.is_mapped) {
      continue;
    } else if (base.type != &class_) {
      collect_from_mixin(base, name, value);
    } else {
      collect_own(base, name, value);
    }
  }
}

Value ClassScan::directive(std::string_view name) {
  return interpreter_.settled(interpreter_.attribute(class_, name), place_of(name));
}

void ClassScan::collect_directive(const ScannedBase& base, const BodyName& name, std::optional<Value> value) {
  const bool is_declared = value && host_object<DeclaredAttrObject>(*value);
  if (base.is_mapped && !is_declared) return;
  if (name.name == "__tablename__" && !has_table_name_) {
    table_name_ = directive(name.name);
    has_table_name_ = !table_name_.is_none();
  } else if (name.name == "__table__" && is_declared) {
    table_by_function_ = true;
  } else if (name.name == "__table_args__" && !has_table_args_) {
    table_args_ = directive(name.name);
    const auto* tuple = table_args_.as<python::Tuple>();
    const auto* dict = table_args_.as<python::Dict>();
    has_table_args_ = !table_args_.is_none() && !(tuple && tuple->items.empty()) && !(dict && dict->table.empty());
  }
}

void ClassScan::collect_declared(ScannedBase& base, const BodyName& name, DeclaredAttrObject& declared) {
  Value result;
  if (declared.cascading) {
    result = interpreter_.settled(declared.get(interpreter_, interpreter_.none(), class_), place_of(name.name));
    interpreter_.store(class_, name.name, result);
  } else if (name.dataclass_field) {
    const Value* present = interpreter_.find_in_mro(class_, name.name);
    result = present && host_object<AttributeObject>(*present)
                 ? *present
                 : interpreter_.settled(interpreter_.call(declared.function));
  } else {
    // If a superclass ran it already, this is the attribute that came of it.
    result = interpreter_.settled(interpreter_.attribute(class_, name.name), place_of(name.name));
  }
  collected_.set(name.name, result);
  if (host_object<AttributeObject>(result)) return;
  if (const auto* function = declared.function.as<python::Function>()) {
    Outcome annotation = interpreter_.return_annotation(*function);
    if (annotation.is_raised()) interpreter_.clear_exception();
    if (!annotation) return;
    annotation = AnnotationReader(interpreter_, class_, *base.type).outermost(*annotation);
    if (annotation && mapped_annotation(interpreter_, *annotation)) {
      collect_annotation(name.name, annotation, *base.type, result);
    }
  }
}

void ClassScan::collect_from_mixin(ScannedBase& base, const BodyName& name, std::optional<Value> value) {
  if (!value || is_column(*value)) return;
  if (DeclaredAttrObject* declared = host_object<DeclaredAttrObject>(*value)) {
    collect_declared(base, name, *declared);
  } else if (name.dataclass_field || (value->is_unknown() && !is_overridden(name.name, value))) {
    collected_.set(name.name, *value);
  }
}

void ClassScan::collect_own(ScannedBase& base, const BodyName& name, std::optional<Value> value) {
  if (name.dataclass_field) {
    if (DeclaredAttrObject* declared = host_object<DeclaredAttrObject>(*value)) {
      value = interpreter_.settled(interpreter_.call(declared->function), place_of(name.name));
    }
    collected_.set(name.name, *value);
    return;
  }
  const PropertyObject* property = value ? host_object<PropertyObject>(*value) : nullptr;
  const bool annotation_counts = !property || property->property_kind == PropertyKind::Composite;
  const CollectedAnnotation* annotation = nullptr;
  if (name.annotation && annotation_counts && (!value || host_object<MappedColumnObject>(*value) || property)) {
    const Outcome read = AnnotationReader(interpreter_, class_, *base.type).value(*name.annotation);
    annotation = collect_annotation(name.name, read, *base.type, value);
  }
  if (!value && !fixed_table_ && annotation && annotation->in_mapped) {
    collected_.set(name.name, blank_column(name.annotation->location));
  } else if (value && body_.contains(name.name)) {
    collected_.set(name.name, *value);
  }
}

}  // namespace models::orm
