#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/interpreter.h"

/// Annotations as SQLAlchemy's declarative scan reads them (`sqlalchemy.util.typing`).
namespace models::orm {

/// What stands inside of `Mapped[…]`, or of a relative of it.
struct MappedAnnotation {
  python::Value argument;
  std::string_view container;  ///< "sqlalchemy.orm.Mapped", "sqlalchemy.orm.Composite", …; empty: there was none
};

/// Whether quoted annotations lose what `loses_metadata` says: they do for SQLAlchemy, not for pydantic.
enum class Quoting { SqlAlchemy, None };

/// Evaluates annotations in the module of the class that holds them, with the names of the mapped class below those of
/// the module.
class AnnotationReader {
 public:
  /// `mapped`: the class being mapped; `holder`: the one whose body has the annotation.
  AnnotationReader(python::Interpreter& interpreter, python::Class& mapped, python::Class& holder,
                   Quoting quoting = Quoting::SqlAlchemy)
      : interpreter_(interpreter), mapped_(mapped), holder_(holder), quoting_(quoting) {}

  /// The annotation's value; texts inside of brackets stay texts. Absent: it cannot be evaluated.
  python::Outcome value(const python::Annotation& annotation) const;
  /// The same for a value that may be a text: a return annotation.
  python::Outcome outermost(python::Value value) const;
  /// With every text inside evaluated as well; an Unknown where a name is not known.
  python::Value resolved(python::Value value) const;

 private:
  python::Outcome evaluated(std::string_view text) const;
  python::Outcome evaluated(const python::Annotation& annotation) const;
  std::vector<python::Dict*> namespaces() const;
  python::Value resolved(python::Value value, int depth) const;
  bool loses_metadata_of(std::string_view text) const;

  python::Interpreter& interpreter_;
  python::Class& mapped_;
  python::Class& holder_;
  Quoting quoting_;
};

/// The argument where the value is `Mapped[…]`; none for anything else.
std::optional<MappedAnnotation> mapped_annotation(python::Interpreter& interpreter, python::Value value);

bool is_union(python::Value type);
bool is_annotated(python::Value type);
bool is_literal(python::Value type);
bool is_class_var(python::Value type);
bool is_none_type(python::Value type);
bool is_external(python::Value value, std::string_view qualified_name);
/// A TypeAliasType, or one with arguments.
python::TypeAlias* type_alias(python::Value type);

/// Whether the annotation allows None: through unions, Annotated, NewType and TypeAliasType.
bool includes_none(python::Interpreter& interpreter, python::Value type);
/// A union that includes None without it; anything else as it is.
python::Value without_none(python::Interpreter& interpreter, python::Value type);
/// The value of a TypeAliasType; an Unknown where it cannot be told.
python::Value alias_value(python::Interpreter& interpreter, python::TypeAlias& alias);

/// Equal as keys of a type_annotation_map.
bool same_type(python::Interpreter& interpreter, python::Value left, python::Value right);

/// `from __future__ import annotations` and quoted annotations: SQLAlchemy puts the parts of the innermost brackets in
/// quotes, "Mapped[Annotated[str, mapped_column(Text)]]" turns into `Mapped[Annotated["str", "mapped_column(Text)"]]`,
/// unless one of them has brackets itself. The metadata of an Annotated is lost by that. True if it happens to an
/// Annotated of this text.
bool loses_metadata(std::string_view text);

}  // namespace models::orm
