#include <gtest/gtest.h>

#include <string>

#include "python/syntax/parser.h"

namespace python::syntax {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::unique_ptr<Tree> module(std::string source) {
  ParseResult tree = parse_module(std::move(source));
  EXPECT_TRUE(tree.has_value()) << tree.error().message << " at line " << tree.error().line;
  return tree ? std::move(*tree) : nullptr;
}

std::unique_ptr<Tree> expression(std::string source) {
  ParseResult tree = parse_expression(std::move(source));
  EXPECT_TRUE(tree.has_value()) << tree.error().message << " at column " << tree.error().column;
  return tree ? std::move(*tree) : nullptr;
}

SyntaxError refusal(std::string source) {
  const ParseResult tree = parse_module(std::move(source));
  EXPECT_FALSE(tree.has_value());
  return tree ? SyntaxError{} : tree.error();
}

TEST(Syntax, ReadsAModule) {
  const auto tree = module("from a import b as c\nclass A(b, k=1):\n    x: int = c(1, y=2)\n");
  ASSERT_EQ(tree->body.size(), 2);
  const auto* definition = as<ClassDef>(tree->body[1]);
  ASSERT_TRUE(definition);
  EXPECT_EQ(definition->name, "A");
  const auto* annotated = as<AnnAssign>(definition->body[0]);
  ASSERT_TRUE(annotated);
  EXPECT_EQ(tree->text(annotated->value->span), "c(1, y=2)");
  EXPECT_EQ(tree->position(annotated->value->span.begin), (Position{3, 14}));
}

TEST(Syntax, KeepsKeysAndValuesApart) {
  const auto tree = expression("{1: a, **b, 2: {3: c}}");
  const auto* dict = as<Dict>(tree->expression);
  ASSERT_TRUE(dict);
  ASSERT_EQ(dict->keys.size(), 3);
  ASSERT_EQ(dict->values.size(), 3);
  EXPECT_EQ(dict->keys[1], nullptr);
  EXPECT_TRUE(as<Dict>(dict->values[2]));
}

TEST(Syntax, CountsColumnsInCharacters) {
  const auto tree = module("\xef\xbb\xbf# \xc3\xa9\nx = '\xe2\x82\xac\xe2\x82\xac' + y\n");
  const auto* assign = as<Assign>(tree->body[0]);
  EXPECT_EQ(tree->position(assign->span.begin), (Position{2, 1}));
  EXPECT_EQ(tree->position(as<BinOp>(assign->value)->right->span.begin), (Position{2, 12}));
}

// Literals

std::string text_of(std::string literal) {
  const auto tree = expression(std::move(literal));
  const auto* constant = as<Constant>(tree->expression);
  return constant ? std::string(constant->text) : "no constant";
}

TEST(Syntax, DecodesStrings) {
  EXPECT_EQ(text_of(R"('a\tb\x41\101\u00e9\U0001F600\'')"), "a\tbAA\xc3\xa9\xf0\x9f\x98\x80'");
  EXPECT_EQ(text_of(R"(r'a\tb')"), R"(a\tb)");
  EXPECT_EQ(text_of("'a' \"b\" '''c\n'''"), "abc\n");
  EXPECT_EQ(text_of("'''a\r\nb\rc'''"), "a\nb\nc");
  EXPECT_EQ(text_of("'a\\\r\nb'"), "ab");
  EXPECT_EQ(text_of(R"(b'\xff\377')"), "\xff\xff");
  EXPECT_EQ(text_of(R"('\ud800')"), "\xed\xa0\x80");
  EXPECT_EQ(text_of(R"('\d')"), R"(\d)");
}

TEST(Syntax, MarksNamedCharacters) {
  const auto tree = expression(R"('\N{BULLET}')");
  EXPECT_TRUE(as<Constant>(tree->expression)->has_named_characters);
}

TEST(Syntax, ReadsNumbers) {
  const auto number = [](std::string text) { return *as<Constant>(expression(std::move(text))->expression); };
  EXPECT_EQ(number("1_000").integer, 1000);
  EXPECT_EQ(number("0x_ff").integer, 255);
  EXPECT_EQ(number("9223372036854775807").constant, ConstantKind::Integer);
  EXPECT_EQ(number("9223372036854775808").constant, ConstantKind::LargeInteger);
  EXPECT_EQ(number("1_0.5e-1").number, 1.05);
  EXPECT_EQ(number("1e999").number, std::numeric_limits<double>::infinity());
  EXPECT_EQ(number("1e-999").number, 0);
  EXPECT_EQ(number("2.5J").constant, ConstantKind::Complex);
}

TEST(Syntax, ReadsNestedFormatStrings) {
  const auto tree = expression(R"(f"a{x["k"]!r:>{w}}{{b}}{y = }")");
  const auto* joined = as<JoinedStr>(tree->expression);
  ASSERT_TRUE(joined);
  ASSERT_EQ(joined->values.size(), 4);
  const auto* field = as<FormattedValue>(joined->values[1]);
  ASSERT_TRUE(field);
  EXPECT_EQ(field->conversion, 'r');
  EXPECT_EQ(tree->text(field->value->span), R"(x["k"])");
  EXPECT_EQ(as<JoinedStr>(field->format_spec)->values.size(), 2);
  EXPECT_EQ(as<Constant>(joined->values[2])->text, "{b}y = ");
  EXPECT_EQ(as<FormattedValue>(joined->values[3])->conversion, 'r');
}

TEST(Syntax, ReadsFormatStringsOfPython312) {
  module("f'{'\\n'.join(a)}'\n");
  module("f'''{\n  a  # why\n}'''\n");
  module("f\"{f\"{f\"{1}\"}\"}\"\n");
}

TEST(Syntax, ReadsTemplateStrings) {
  const auto tree = expression("t'a{ x + 1 !s:>{w}}'");
  const auto* string = as<TemplateStr>(tree->expression);
  ASSERT_TRUE(string);
  const auto* field = as<Interpolation>(string->values[1]);
  ASSERT_TRUE(field);
  EXPECT_EQ(field->str, "x + 1");
  EXPECT_EQ(refusal("t'a' 'b'\n").line, 1);
}

// Newer grammar

TEST(Syntax, ReadsTypeParameters) {
  const auto tree = module("class A[T: (int, str) = int, *Ts = *tuple[int], **P = [int]](B): pass\n");
  const auto* definition = as<ClassDef>(tree->body[0]);
  ASSERT_EQ(definition->type_params.size(), 3);
  const auto* variable = as<TypeVar>(definition->type_params[0]);
  EXPECT_TRUE(as<Tuple>(variable->bound));
  EXPECT_TRUE(variable->default_value);
  EXPECT_TRUE(as<Starred>(as<TypeVarTuple>(definition->type_params[1])->default_value));
  EXPECT_EQ(as<ParamSpec>(definition->type_params[2])->name, "P");
  EXPECT_EQ(function(module("async def f[T](x: T) -> T: ...\n")->body[0])->type_params.size(), 1);
}

TEST(Syntax, TellsTypeAliasesFromNames) {
  const auto tree = module("type X = int\ntype Y[T] = list[T]\ntype = 1\ntype(x)\ntype.a = 2\n");
  EXPECT_EQ(as<Name>(as<TypeAlias>(tree->body[0])->name)->context, Context::Store);
  EXPECT_EQ(as<TypeAlias>(tree->body[1])->type_params.size(), 1);
  EXPECT_TRUE(as<Assign>(tree->body[2]));
  EXPECT_TRUE(as<ExprStmt>(tree->body[3]));
  EXPECT_TRUE(as<Assign>(tree->body[4]));
}

TEST(Syntax, TellsMatchStatementsFromNames) {
  const auto tree = module(
      "match x, y:\n    case A(b, c=1) | {'k': [*_], **rest} as z if z: pass\n    case -1 + 2j | a.b | None: pass\n"
      "match = 1\nmatch(x)\nmatch[x] = 1\nmatch (x):\n    case _: pass\n");
  const auto* match = as<Match>(tree->body[0]);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->cases.size(), 2);
  EXPECT_EQ(as<MatchAs>(match->cases[0]->pattern)->name, "z");
  EXPECT_TRUE(as<Assign>(tree->body[1]));
  EXPECT_TRUE(as<ExprStmt>(tree->body[2]));
  EXPECT_TRUE(as<Assign>(tree->body[3]));
  EXPECT_TRUE(as<Match>(tree->body[4]));
}

TEST(Syntax, ReadsExceptions) {
  const auto tree = module("try: pass\nexcept A, B: pass\nexcept C as e: pass\ntry: pass\nexcept* D: pass\n");
  EXPECT_TRUE(as<Tuple>(as<Try>(tree->body[0])->handlers[0]->type));
  EXPECT_EQ(as<Try>(tree->body[0])->handlers[1]->name, "e");
  EXPECT_EQ(tree->body[1]->kind, StmtKind::TryStar);
  EXPECT_EQ(refusal("try: pass\nexcept A, B as e: pass\n").line, 2);
}

TEST(Syntax, ReadsParenthesizedItemsOfWith) {
  const auto items = [](std::string source) { return as<With>(module(std::move(source))->body[0])->items.size(); };
  EXPECT_EQ(items("with (a as b, c as d,): pass\n"), 2);
  EXPECT_EQ(items("with (a, b): pass\n"), 2);
  EXPECT_EQ(items("with (a, b) as c: pass\n"), 1);
  EXPECT_EQ(items("with (a, b).c, d: pass\n"), 2);
  EXPECT_EQ(items("with (x for x in y): pass\n"), 1);
}

TEST(Syntax, ReadsParameters) {
  const auto tree = module("def f(a, b=1, /, c=2, *d: *E, e, f=3, **g): pass\n");
  const Arguments& args = *function(tree->body[0])->args;
  EXPECT_EQ(args.posonlyargs.size(), 2);
  EXPECT_EQ(args.args.size(), 1);
  EXPECT_EQ(args.defaults.size(), 2);
  EXPECT_EQ(args.kwonlyargs.size(), 2);
  ASSERT_EQ(args.kw_defaults.size(), 2);
  EXPECT_EQ(args.kw_defaults[0], nullptr);
  EXPECT_TRUE(as<Starred>(args.vararg->annotation));
  EXPECT_EQ(args.kwarg->arg, "g");
}

// Refusals

TEST(Syntax, SaysWhereItIsWrong) {
  const SyntaxError error = refusal("x = 1\nprint 'x'\n");
  EXPECT_EQ(error.line, 2);
  EXPECT_EQ(error.column, 1);
  EXPECT_EQ(error.message, "Missing parentheses in call to 'print'. Did you mean print(...)?");
  EXPECT_EQ(refusal("x = (1,\n  2 3)\n").message, "invalid syntax. Perhaps you forgot a comma?");
  EXPECT_EQ(refusal("f(\n1\nx = 2\ny\n").message, "'(' was never closed");
  EXPECT_EQ(refusal("if x:\npass\n").message, "expected an indented block after 'if' statement on line 1");
  EXPECT_EQ(refusal("f() = 1\n").message, "cannot assign to function call");
  EXPECT_EQ(refusal("x = '\\x1'\n").line, 1);
}

TEST(Syntax, RefusesOddTabs) {
  EXPECT_EQ(refusal("if x:\n\ty\n        z\n").message, "inconsistent use of tabs and spaces in indentation");
  EXPECT_EQ(refusal("if x:\n    y\n  z\n").message, "unindent does not match any outer indentation level");
}

TEST(Syntax, RefusesOddCharacters) {
  EXPECT_EQ(refusal("x = \xe2\x80\x98y\xe2\x80\x99\n").message, "invalid character '\xe2\x80\x98' (U+2018)");
  EXPECT_EQ(refusal("x =\xc2\xa0"
                    "1\n")
                .message,
            "invalid non-printable character U+00A0");
  EXPECT_EQ(refusal(std::string("x = 1\ny\0\n", 9)).line, 2);
  EXPECT_EQ(refusal("x = 1\n# \xff\n").line, 2);
  EXPECT_TRUE(as<Assign>(module("\xc3\xa9t\xc3\xa9 = 1\n")->body[0]));
}

TEST(Syntax, ReadsDeclaredEncodings) {
  const auto value = [](std::string source) {
    return std::string(as<Constant>(as<Assign>(module(std::move(source))->body[0])->value)->text);
  };
  EXPECT_EQ(value("# coding: latin-1\nx = '\xe9'\n"), "\xc3\xa9");
  EXPECT_EQ(value("#!/usr/bin/python\n# -*- coding: cp1251 -*-\nx = '\xe9'\n"), "\xd0\xb9");
  EXPECT_EQ(value("\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'\n"), "\xc3\xa9");
  EXPECT_EQ(refusal("# coding: nonsense\n").message, "unknown encoding: nonsense");
  EXPECT_EQ(refusal("# coding: ascii\nx = '\xe9'\n").line, 2);
}

// Limits

TEST(Syntax, RefusesWhatIsTooDeep) {
  constexpr int many = 50'000;
  for (const char* part : {"not ", "-", "lambda: ", "a if b else ", "a + ", "a ** ", "a.", "(", "[", "{1: ", "f(", "a[",
                           "lambda a=", "f'{", "(yield ", "(a := "})
    EXPECT_EQ(refusal("x = " + repeated(part, many) + "a\n").line, 1) << part;
  EXPECT_EQ(refusal("x = a" + repeated("()", many) + "\n").line, 1);
  EXPECT_GT(refusal("if a: pass\n" + repeated("elif a: pass\n", many)).line, 900);
}

TEST(Syntax, AcceptsWhatIsNotTooDeep) {
  module("x = " + repeated("(", 200) + repeated(")", 200) + "\n");
  module("x = a" + repeated(" + a", 900) + "\n");
  module("x = a" + repeated(" and a", 50'000) + "\n");
  module("if a: pass\n" + repeated("elif a: pass\n", 900));
  EXPECT_EQ(refusal(repeated("(", 201)).message, "too many nested parentheses");
}

TEST(Syntax, IsQuickToRefuse) {
  for (const char* part : {"(a if ", "[x for ", "f(a=1, ", "(a b ", "(a = ", "(a.b := ", "[a, b for ", "f(a=1, (b "})
    refusal("x = " + repeated(part, 90) + "$\n");
}

}  // namespace
}  // namespace python::syntax
