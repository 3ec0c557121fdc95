// Shows what the parser makes of sources, for syntax_proof.py.
//   syntax_tool tree|check [--no-positions-in-format-strings] < frames     one line of JSON a source
//   syntax_tool bench FILE...                                              megabytes a second
// A frame is the number of bytes in decimal, a line end, and the bytes. A tree is nested lists: kind, line, byte
// column, last line, last byte column, and the fields in the order of `ast`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "python/syntax/parser.h"

namespace {

using namespace python::syntax;

class Writer {
 public:
  Writer(const Tree& tree, bool positions_in_format_strings)
      : tree_(tree), positions_in_format_strings_(positions_in_format_strings) {}

  std::string module() {
    list(tree_.body);
    return std::move(out_);
  }

 private:
  void text(std::string_view value) {
    out_ += '"';
    for (std::size_t i = 0; i < value.size(); ++i) character(value, i);
    out_ += '"';
  }

  /// Lone surrogates, three bytes here, are no UTF-8 and need an escape.
  void character(std::string_view value, std::size_t& i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    if (byte == 0xed && static_cast<unsigned char>(value[i + 1]) >= 0xa0) {
      escape(0xd000 | (value[i + 1] & 0x3f) << 6 | (value[i + 2] & 0x3f));
      i += 2;
    } else if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f) {
      escape(byte);
    } else {
      out_ += value[i];
    }
  }

  void escape(int code) {
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(code & 0xffff));
    out_ += buffer;
  }

  void bytes(std::string_view value) {
    out_ += "[\"bytes\",\"";
    for (const char c : value) escape(static_cast<unsigned char>(c));
    out_ += "\"]";
  }

  void optional_text(std::string_view value) { value.empty() ? void(out_ += "null") : text(value); }
  void number(long long value) { out_ += std::to_string(value); }
  void comma() { out_ += ','; }

  void real(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    const bool infinite = value > 1.7976931348623157e308;
    out_ += infinite ? "1e999" : buffer;
    if (!infinite && std::string_view(buffer).find_first_of(".e") == std::string_view::npos) out_ += ".0";
  }

  void position(std::uint32_t offset) {
    const auto after = std::upper_bound(tree_.line_starts.begin(), tree_.line_starts.end(), offset);
    number(after - tree_.line_starts.begin());
    comma();
    number(offset - after[-1]);
  }

  void open(std::string_view kind) { out_ += "[\"", out_ += kind, out_ += '"'; }
  void open(std::string_view kind, Span span) {
    open(kind);
    comma();
    if (format_depth_ > 0 && !positions_in_format_strings_) {
      out_ += "0,0,0,0";
    } else {
      position(span.begin);
      comma();
      position(span.end);
    }
  }
  void close() { out_ += ']'; }

  template <class T>
  void list(std::span<const T* const> items) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) comma();
      node(items[i]);
    }
    out_ += ']';
  }
  void list(std::span<const std::string_view> items) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) comma();
      text(items[i]);
    }
    out_ += ']';
  }

  // Fields of any type, each behind a comma.
  void field(const Expr* value) { node(value); }
  void field(const Pattern* value) { node(value); }
  void field(const Arguments* value) { node(value); }
  void field(const Arg* value) { node(value); }
  void field(std::string_view value) { text(value); }
  void field(bool value) { number(value); }
  void field(int value) { number(value); }
  void field(Context value) {
    constexpr const char* names[] = {"Load", "Store", "Del"};
    text(names[static_cast<int>(value)]);
  }
  void field(Operator value) {
    constexpr const char* names[] = {"Add",    "Sub",    "Mult",  "MatMult", "Div",    "Mod",     "Pow",
                                     "LShift", "RShift", "BitOr", "BitXor",  "BitAnd", "FloorDiv"};
    text(names[static_cast<int>(value)]);
  }
  void field(UnaryOperator value) {
    constexpr const char* names[] = {"Invert", "Not", "UAdd", "USub"};
    text(names[static_cast<int>(value)]);
  }
  void field(BoolOperator value) { text(value == BoolOperator::And ? "And" : "Or"); }
  void field(std::span<const CompareOperator> values) {
    constexpr const char* names[] = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"};
    std::vector<std::string_view> texts;
    for (const CompareOperator value : values) texts.push_back(names[static_cast<int>(value)]);
    list(std::span<const std::string_view>(texts));
  }
  template <class T>
  void field(std::span<const T> values) {
    list(values);
  }

  struct Optional {
    std::string_view text;
  };
  void field(Optional value) { optional_text(value.text); }

  template <class... Fields>
  void fields(const Fields&... values) {
    ((comma(), field(values)), ...);
    close();
  }

  void constant(const Constant& c) {
    open("Constant", c.span);
    comma();
    switch (c.constant) {
      case ConstantKind::None:
        out_ += "null";
        break;
      case ConstantKind::True:
        out_ += "true";
        break;
      case ConstantKind::False:
        out_ += "false";
        break;
      case ConstantKind::Ellipsis:
        out_ += "[\"...\"]";
        break;
      case ConstantKind::String:
        c.has_named_characters ? void(out_ += "[\"named\"]") : text(c.text);
        break;
      case ConstantKind::Bytes:
        bytes(c.text);
        break;
      case ConstantKind::Integer:
        number(c.integer);
        break;
      case ConstantKind::LargeInteger:
        open("int");
        fields(c.text);
        break;
      case ConstantKind::Float:
        real(c.number);
        break;
      case ConstantKind::Complex:
        out_ += "[\"complex\",";
        real(c.number);
        close();
        break;
    }
    fields(Optional{c.unicode_prefix ? "u" : ""});
  }

  static std::string conversion(char c) { return std::string(c ? 1 : 0, c); }

  void joined(const char* kind, Span span, Sequence<Expr> values) {
    open(kind, span);
    ++format_depth_;
    fields(values);
    --format_depth_;
  }

  void node(const Expr* expr) {
    if (!expr) return void(out_ += "null");
    const Span span = expr->span;
    switch (expr->kind) {
      case ExprKind::Constant:
        return constant(*as<Constant>(expr));
      case ExprKind::Name:
        open("Name", span);
        return fields(as<Name>(expr)->id, as<Name>(expr)->context);
      case ExprKind::Attribute: {
        const auto& n = *as<Attribute>(expr);
        open("Attribute", span);
        return fields(n.value, n.attr, n.context);
      }
      case ExprKind::Subscript: {
        const auto& n = *as<Subscript>(expr);
        open("Subscript", span);
        return fields(n.value, n.slice, n.context);
      }
      case ExprKind::Slice: {
        const auto& n = *as<Slice>(expr);
        open("Slice", span);
        return fields(n.lower, n.upper, n.step);
      }
      case ExprKind::Call: {
        const auto& n = *as<Call>(expr);
        open("Call", span);
        return fields(n.func, n.args, n.keywords);
      }
      case ExprKind::Starred:
        open("Starred", span);
        return fields(as<Starred>(expr)->value, as<Starred>(expr)->context);
      case ExprKind::BinOp: {
        const auto& n = *as<BinOp>(expr);
        open("BinOp", span);
        return fields(n.left, n.op, n.right);
      }
      case ExprKind::UnaryOp:
        open("UnaryOp", span);
        return fields(as<UnaryOp>(expr)->op, as<UnaryOp>(expr)->operand);
      case ExprKind::BoolOp:
        open("BoolOp", span);
        return fields(as<BoolOp>(expr)->op, as<BoolOp>(expr)->values);
      case ExprKind::Compare: {
        const auto& n = *as<Compare>(expr);
        open("Compare", span);
        return fields(n.left, n.ops, n.comparators);
      }
      case ExprKind::IfExp: {
        const auto& n = *as<IfExp>(expr);
        open("IfExp", span);
        return fields(n.test, n.body, n.orelse);
      }
      case ExprKind::Lambda:
        open("Lambda", span);
        return fields(as<Lambda>(expr)->args, as<Lambda>(expr)->body);
      case ExprKind::Tuple:
        open("Tuple", span);
        return fields(as<Tuple>(expr)->elts, as<Tuple>(expr)->context);
      case ExprKind::List:
        open("List", span);
        return fields(as<List>(expr)->elts, as<List>(expr)->context);
      case ExprKind::Set:
        open("Set", span);
        return fields(as<Set>(expr)->elts);
      case ExprKind::Dict:
        open("Dict", span);
        return fields(as<Dict>(expr)->keys, as<Dict>(expr)->values);
      case ExprKind::ListComp:
        open("ListComp", span);
        return fields(as<ListComp>(expr)->elt, as<ListComp>(expr)->generators);
      case ExprKind::SetComp:
        open("SetComp", span);
        return fields(as<SetComp>(expr)->elt, as<SetComp>(expr)->generators);
      case ExprKind::DictComp: {
        const auto& n = *as<DictComp>(expr);
        open("DictComp", span);
        return fields(n.key, n.value, n.generators);
      }
      case ExprKind::GeneratorExp:
        open("GeneratorExp", span);
        return fields(as<GeneratorExp>(expr)->elt, as<GeneratorExp>(expr)->generators);
      case ExprKind::Await:
        open("Await", span);
        return fields(as<Await>(expr)->value);
      case ExprKind::Yield:
        open("Yield", span);
        return fields(as<Yield>(expr)->value);
      case ExprKind::YieldFrom:
        open("YieldFrom", span);
        return fields(as<YieldFrom>(expr)->value);
      case ExprKind::NamedExpr:
        open("NamedExpr", span);
        return fields(as<NamedExpr>(expr)->target, as<NamedExpr>(expr)->value);
      case ExprKind::JoinedStr:
        return joined("JoinedStr", span, as<JoinedStr>(expr)->values);
      case ExprKind::FormattedValue: {
        const auto& n = *as<FormattedValue>(expr);
        open("FormattedValue", span);
        return fields(n.value, std::string_view(conversion(n.conversion)), n.format_spec);
      }
      case ExprKind::TemplateStr:
        return joined("TemplateStr", span, as<TemplateStr>(expr)->values);
      case ExprKind::Interpolation: {
        const auto& n = *as<Interpolation>(expr);
        open("Interpolation", span);
        return fields(n.value, n.str, std::string_view(conversion(n.conversion)), n.format_spec);
      }
    }
  }

  void node(const Keyword* keyword) {
    open("keyword", keyword->span);
    fields(Optional{keyword->arg}, keyword->value);
  }

  void node(const Comprehension* part) {
    open("comprehension");
    fields(part->target, part->iter, part->ifs, part->is_async);
  }

  void node(const Arg* arg) {
    if (!arg) return void(out_ += "null");
    open("arg", arg->span);
    fields(arg->arg, arg->annotation);
  }

  void node(const Arguments* a) {
    open("arguments");
    fields(a->posonlyargs, a->args, a->vararg, a->kwonlyargs, a->kw_defaults, a->kwarg, a->defaults);
  }

  void node(const TypeParam* param) {
    switch (param->kind) {
      case TypeParamKind::TypeVar: {
        const auto& n = *as<TypeVar>(param);
        open("TypeVar", n.span);
        return fields(n.name, n.bound, n.default_value);
      }
      case TypeParamKind::ParamSpec:
        open("ParamSpec", param->span);
        return fields(as<ParamSpec>(param)->name, as<ParamSpec>(param)->default_value);
      case TypeParamKind::TypeVarTuple:
        open("TypeVarTuple", param->span);
        return fields(as<TypeVarTuple>(param)->name, as<TypeVarTuple>(param)->default_value);
    }
  }

  void node(const Alias* alias) {
    open("alias", alias->span);
    fields(alias->name, Optional{alias->asname});
  }

  void node(const WithItem* item) {
    open("withitem");
    fields(item->context_expr, item->optional_vars);
  }

  void node(const ExceptHandler* handler) {
    open("ExceptHandler", handler->span);
    fields(handler->type, Optional{handler->name}, handler->body);
  }

  void node(const MatchCase* match_case) {
    open("match_case");
    fields(match_case->pattern, match_case->guard, match_case->body);
  }

  void node(const Pattern* pattern) {
    if (!pattern) return void(out_ += "null");
    const Span span = pattern->span;
    switch (pattern->kind) {
      case PatternKind::MatchValue:
        open("MatchValue", span);
        return fields(as<MatchValue>(pattern)->value);
      case PatternKind::MatchSingleton: {
        constexpr const char* names[] = {"None", "True", "False"};
        open("MatchSingleton", span);
        return fields(std::string_view(names[static_cast<int>(as<MatchSingleton>(pattern)->value)]));
      }
      case PatternKind::MatchSequence:
        open("MatchSequence", span);
        return fields(as<MatchSequence>(pattern)->patterns);
      case PatternKind::MatchMapping: {
        const auto& n = *as<MatchMapping>(pattern);
        open("MatchMapping", span);
        return fields(n.keys, n.patterns, Optional{n.rest});
      }
      case PatternKind::MatchClass: {
        const auto& n = *as<MatchClass>(pattern);
        open("MatchClass", span);
        return fields(n.cls, n.patterns, n.kwd_attrs, n.kwd_patterns);
      }
      case PatternKind::MatchStar:
        open("MatchStar", span);
        return fields(Optional{as<MatchStar>(pattern)->name});
      case PatternKind::MatchAs:
        open("MatchAs", span);
        return fields(as<MatchAs>(pattern)->pattern, Optional{as<MatchAs>(pattern)->name});
      case PatternKind::MatchOr:
        open("MatchOr", span);
        return fields(as<MatchOr>(pattern)->patterns);
    }
  }

  void node(const Stmt* stmt) {
    const Span span = stmt->span;
    switch (stmt->kind) {
      case StmtKind::FunctionDef:
      case StmtKind::AsyncFunctionDef: {
        const auto& n = *function(stmt);
        open(stmt->kind == StmtKind::FunctionDef ? "FunctionDef" : "AsyncFunctionDef", span);
        return fields(n.name, n.args, n.body, n.decorator_list, n.returns, n.type_params);
      }
      case StmtKind::ClassDef: {
        const auto& n = *as<ClassDef>(stmt);
        open("ClassDef", span);
        return fields(n.name, n.bases, n.keywords, n.body, n.decorator_list, n.type_params);
      }
      case StmtKind::Return:
        open("Return", span);
        return fields(as<Return>(stmt)->value);
      case StmtKind::Delete:
        open("Delete", span);
        return fields(as<Delete>(stmt)->targets);
      case StmtKind::Assign:
        open("Assign", span);
        return fields(as<Assign>(stmt)->targets, as<Assign>(stmt)->value);
      case StmtKind::TypeAlias: {
        const auto& n = *as<TypeAlias>(stmt);
        open("TypeAlias", span);
        return fields(n.name, n.type_params, n.value);
      }
      case StmtKind::AugAssign: {
        const auto& n = *as<AugAssign>(stmt);
        open("AugAssign", span);
        return fields(n.target, n.op, n.value);
      }
      case StmtKind::AnnAssign: {
        const auto& n = *as<AnnAssign>(stmt);
        open("AnnAssign", span);
        return fields(n.target, n.annotation, n.value, n.simple);
      }
      case StmtKind::For:
      case StmtKind::AsyncFor: {
        const auto& n = static_cast<const For&>(*stmt);
        open(stmt->kind == StmtKind::For ? "For" : "AsyncFor", span);
        return fields(n.target, n.iter, n.body, n.orelse);
      }
      case StmtKind::While: {
        const auto& n = *as<While>(stmt);
        open("While", span);
        return fields(n.test, n.body, n.orelse);
      }
      case StmtKind::If: {
        const auto& n = *as<If>(stmt);
        open("If", span);
        return fields(n.test, n.body, n.orelse);
      }
      case StmtKind::With:
      case StmtKind::AsyncWith: {
        const auto& n = static_cast<const With&>(*stmt);
        open(stmt->kind == StmtKind::With ? "With" : "AsyncWith", span);
        return fields(n.items, n.body);
      }
      case StmtKind::Match:
        open("Match", span);
        return fields(as<Match>(stmt)->subject, as<Match>(stmt)->cases);
      case StmtKind::Raise:
        open("Raise", span);
        return fields(as<Raise>(stmt)->exc, as<Raise>(stmt)->cause);
      case StmtKind::Try:
      case StmtKind::TryStar: {
        const auto& n = *try_statement(stmt);
        open(stmt->kind == StmtKind::Try ? "Try" : "TryStar", span);
        return fields(n.body, n.handlers, n.orelse, n.finalbody);
      }
      case StmtKind::Assert:
        open("Assert", span);
        return fields(as<Assert>(stmt)->test, as<Assert>(stmt)->msg);
      case StmtKind::Import:
        open("Import", span);
        return fields(as<Import>(stmt)->names);
      case StmtKind::ImportFrom: {
        const auto& n = *as<ImportFrom>(stmt);
        open("ImportFrom", span);
        return fields(Optional{n.module}, n.names, n.level);
      }
      case StmtKind::Global:
        open("Global", span);
        return fields(as<Global>(stmt)->names);
      case StmtKind::Nonlocal:
        open("Nonlocal", span);
        return fields(as<Nonlocal>(stmt)->names);
      case StmtKind::Expr:
        open("Expr", span);
        return fields(as<ExprStmt>(stmt)->value);
      case StmtKind::Pass:
        open("Pass", span);
        return close();
      case StmtKind::Break:
        open("Break", span);
        return close();
      case StmtKind::Continue:
        open("Continue", span);
        return close();
    }
  }

  const Tree& tree_;
  bool positions_in_format_strings_;
  int format_depth_ = 0;
  std::string out_;
};

bool read_frame(std::string& source) {
  std::size_t size = 0;
  if (!(std::cin >> size)) return false;
  std::cin.get();
  source.resize(size);
  return size == 0 || std::cin.read(source.data(), static_cast<std::streamsize>(size)).good();
}

void show(std::string source, bool with_tree, bool positions_in_format_strings) {
  const ParseResult tree = parse_module(std::move(source));
  if (!tree) {
    std::string message;
    for (const char c : tree.error().message) {
      if (c == '"' || c == '\\') message += '\\';
      if (static_cast<unsigned char>(c) >= 0x20) message += c;
    }
    std::cout << "{\"line\":" << tree.error().line << ",\"column\":" << tree.error().column << ",\"message\":\""
              << message << "\"}\n";
  } else if (with_tree) {
    std::cout << Writer(**tree, positions_in_format_strings).module() << '\n';
  } else {
    std::cout << "[]\n";
  }
}

int bench(std::span<char*> files) {
  std::vector<std::string> sources;
  std::size_t bytes = 0;
  for (const char* name : files) {
    std::ifstream file(name, std::ios::binary);
    sources.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    bytes += sources.back().size();
  }
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& source : sources) parse_module(source);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::cout << bytes << " bytes, " << static_cast<double>(bytes) / best / 1e6 << " MB/s\n";
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  const std::span<char*> all(arguments, count);
  const std::string_view mode = count > 1 ? all[1] : "";
  if (mode == "bench") return bench(all.subspan(2));
  if (mode != "tree" && mode != "check") return 2;
  const bool positions = count < 3;
  for (std::string source; read_frame(source);) show(source, mode == "tree", positions);
  return 0;
}
