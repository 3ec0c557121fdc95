#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "python/evaluation/arguments.h"
#include "python/evaluation/host_object.h"
#include "python/evaluation/objects.h"
#include "python/evaluation/value.h"

namespace python {

/// A place where the evaluation depends on something unknown.
struct Undecided {
  enum class Construct { If, Conditional, BoolOp, For, While, Comprehension, Match, Assert };
  Construct construct;
  Location location;         ///< of the statement (its first line is the condition's) or expression
  const Unknown& condition;  ///< the unknown condition or iterable
  /// The branches differ: in the values of the names they bind, or one does something that the other does not. Of a
  /// loop or comprehension over an unknown: true.
  bool differs = true;
};

/// Who gives a meaning to outside names: implemented by `models`. Everything may answer `absent` for "nothing special".
/// Called while the evaluation runs, so it must not keep pointers into tables or vectors over calls back.
class Host {
 public:
  virtual ~Host() = default;

  /// What an outside module or name is: "sqlalchemy", "sqlalchemy.orm.Mapped", "acme_models". Asked for a module on
  /// import (answer `interpreter.external(name)` for a known one) and for each name out of a known module. Absent: a
  /// module is not known; a name out of a known module is an External.
  virtual Outcome outside(Interpreter&, std::string_view /*qualified_name*/) { return absent; }
  /// A value that the configuration supplies for a name of the project or of a module ([models.values]).
  virtual Outcome supplied(Interpreter&, std::string_view /*qualified_name*/) { return absent; }
  /// Whether a package that neither the project nor the host knows may be read from the environment's site-packages.
  virtual bool reads_installed(std::string_view /*module*/) { return false; }

  /// A call of an External. Absent: it becomes a Call.
  virtual Outcome call(Interpreter&, const External&, Arguments&) { return absent; }
  /// An External subscripted: Mapped[int]. Absent: it becomes a Generic.
  virtual Outcome subscript(Interpreter&, const External&, Value /*index*/) { return absent; }
  /// Attribute, item, call and operator of a Call that stayed symbolic. Absent: Unknown.
  virtual Outcome attribute(Interpreter&, const Call&, std::string_view /*name*/) { return absent; }
  virtual Outcome binary(Interpreter&, Binary, Value /*left*/, Value /*right*/) { return absent; }

  /// An attribute looked up on a class or instance (`receiver`) that no Python class of the MRO has before `base`, an
  /// External or host's object in it. Also asked for "__new__", "__init__", "__init_subclass__", "__call__",
  /// "__class_getitem__", "__getattr__", "__setattr__" … and on metaclasses (then `receiver` is the Class). What
  /// is given back is taken as it is, bound already. Absent: go on along the MRO.
  ///
  /// The declarative mapping hangs here: "__init_subclass__" of DeclarativeBase with the new Class as the receiver, or
  /// "__init__" of DeclarativeMeta.
  virtual Outcome inherited(Interpreter&, Value /*base*/, std::string_view /*name*/, Value /*receiver*/) {
    return absent;
  }
  /// The metaclass that an External (or host's object) gives to the classes below it: `type(DeclarativeBase)`.
  virtual Outcome metaclass(Interpreter&, Value /*base*/) { return absent; }
  /// The bases of an outside class that stand behind it in the MRO of its subclasses. Absent: none.
  virtual std::vector<Value> bases(Interpreter&, const External&) { return {}; }
  /// A call of a class whose MRO holds outside classes. Absent: an Instance, `__init__` by the usual way.
  virtual Outcome instantiate(Interpreter&, Class&, Arguments&) { return absent; }
  /// A class is complete: its metaclass has returned, its decorators come next. Only for classes of Python code.
  virtual void class_created(Interpreter&, Class&) {}
  /// `Model.x = value` after the class statement or in `__init_subclass__`. Absent: stored as Python does. To store it
  /// and do more: `interpreter.store(class, name, value)`.
  virtual Outcome set_class_attribute(Interpreter&, Class&, std::string_view /*name*/, Value) { return absent; }
  virtual Outcome delete_class_attribute(Interpreter&, Class&, std::string_view /*name*/) { return absent; }
  /// isinstance / issubclass against an External, where Python's own rules (the MRO, `HostObject::is_instance_of`)
  /// say no.
  virtual std::optional<bool> is_instance(Interpreter&, Value, const External& /*type*/) { return {}; }
  virtual std::optional<bool> is_subclass(Interpreter&, Value, const External& /*type*/) { return {}; }

  /// Decides a condition about which the evaluation knows nothing (absent: the likely branch).
  virtual std::optional<bool> decide(Interpreter&, const Unknown&, const Location&) { return {}; }
  /// Told after both branches (or the loop) are done.
  virtual void undecided(Interpreter&, const Undecided&) {}
  /// An unknown was called: with a MetaData or a class among the arguments it may have done anything to it.
  virtual void unknown_called(Interpreter&, const Unknown&, const Arguments&) {}
  /// An exception that nothing catches ended a statement of a module (or of a hook that the host called).
  virtual void uncaught(Interpreter&, Value /*exception*/, const Location&, std::string_view /*text*/) {}
  /// A module's file is no Python, or the budget of steps is used up.
  virtual void reported(Interpreter&, const base::Diagnostic&) {}
};

}  // namespace python
