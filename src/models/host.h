#pragma once

#include <memory>
#include <vector>

#include "models/context.h"
#include "python/evaluation/host.h"

namespace models {

/// The interpreter's host: asks its parts in order, and the first that answers counts. A part is a `python::Host` of
/// its own (core, ORM, SQLModel, one a companion) and reaches what is shared through `context(interpreter)`.
class Host final : public python::Host {
 public:
  Context context;

  void add(std::unique_ptr<python::Host> part) { parts_.push_back(std::move(part)); }

  python::Outcome outside(python::Interpreter&, std::string_view) override;
  python::Outcome supplied(python::Interpreter&, std::string_view) override;
  bool reads_installed(std::string_view) override;
  python::Outcome call(python::Interpreter&, const python::External&, python::Arguments&) override;
  python::Outcome subscript(python::Interpreter&, const python::External&, python::Value) override;
  python::Outcome attribute(python::Interpreter&, const python::Call&, std::string_view) override;
  python::Outcome binary(python::Interpreter&, python::Binary, python::Value, python::Value) override;
  python::Outcome inherited(python::Interpreter&, python::Value, std::string_view, python::Value) override;
  python::Outcome metaclass(python::Interpreter&, python::Value) override;
  std::vector<python::Value> bases(python::Interpreter&, const python::External&) override;
  python::Outcome instantiate(python::Interpreter&, python::Class&, python::Arguments&) override;
  void class_created(python::Interpreter&, python::Class&) override;
  python::Outcome set_class_attribute(python::Interpreter&, python::Class&, std::string_view, python::Value) override;
  python::Outcome delete_class_attribute(python::Interpreter&, python::Class&, std::string_view) override;
  std::optional<bool> is_instance(python::Interpreter&, python::Value, const python::External&) override;
  std::optional<bool> is_subclass(python::Interpreter&, python::Value, const python::External&) override;
  std::optional<bool> decide(python::Interpreter&, const python::Unknown&, const python::Location&) override;
  void undecided(python::Interpreter&, const python::Undecided&) override;
  void unknown_called(python::Interpreter&, const python::Unknown&, const python::Arguments&) override;
  void uncaught(python::Interpreter&, python::Value, const python::Location&, std::string_view) override;
  void reported(python::Interpreter&, const base::Diagnostic&) override;

 private:
  std::vector<std::unique_ptr<python::Host>> parts_;
};

}  // namespace models
