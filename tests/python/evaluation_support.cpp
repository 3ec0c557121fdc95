#include "evaluation_support.h"

#include "base/text.h"

namespace python::testing {

Outcome NotingHost::outside(Interpreter& in, std::string_view name) {
  const std::string_view top = name.substr(0, name.find('.'));
  return top == "outside" && name.find('.') == std::string_view::npos ? Outcome(in.external(name)) : Outcome(absent);
}

Outcome NotingHost::supplied(Interpreter& in, std::string_view name) {
  const auto found = supplied_texts.find(name);
  return found == supplied_texts.end() ? Outcome(absent) : Outcome(in.str(found->second));
}

void NotingHost::undecided(Interpreter&, const Undecided& what) {
  notes.push_back("undecided " + std::to_string(place(what.location).line) + (what.differs ? " differs" : " same"));
}

void NotingHost::uncaught(Interpreter&, Value, const Location& location, std::string_view text) {
  notes.push_back("uncaught " + std::to_string(place(location).line) + " " + std::string(text));
}

void NotingHost::reported(Interpreter&, const base::Diagnostic& diagnostic) {
  notes.push_back(diagnostic.code + " " + base::text(diagnostic.place));
}

void NotingHost::class_created(Interpreter&, Class& type) { classes.push_back(type.name); }

Project::Project(std::vector<std::pair<std::string, std::string>> sources, Limits limits) {
  std::vector<std::string> paths;
  for (const auto& [path, source] : sources) {
    files.add("/p/" + path, source);
    paths.push_back("/p/" + path);
  }
  interpreter = std::make_unique<Interpreter>(files, search_paths(files, "/p", paths), host, limits);
}

Project::Project(const std::string& main, Limits limits)
    : Project({std::pair<std::string, std::string>("main.py", main)}, limits) {}

std::string Project::repr(const std::string& module, const std::string& expression) {
  const Outcome imported = interpreter->import_module(module);
  const auto* python_module = imported.as<Module>();
  if (!python_module) return "no module " + module;
  Dict* const names[] = {python_module->attributes};
  const Outcome value = interpreter->evaluate(expression, {}, names);
  const Outcome text = value ? interpreter->repr_of(*value) : value;
  if (!text) return interpreter->exception_text(interpreter->exception().value_or(Value()));
  if (const auto* unknown = text.as<Unknown>()) return "Unknown(" + unknown->reason + ")";
  return text.as<Str>()->text;
}

std::string result_of(const std::string& source) {
  Project project(source);
  const std::string result = project.repr("main", "result");
  return project.host.notes.empty() ? result : result + "  -- " + base::joined(project.host.notes, "; ");
}

}  // namespace python::testing
