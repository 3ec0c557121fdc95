#pragma once

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "python/syntax/height.h"
#include "python/syntax/token.h"
#include "python/syntax/tree.h"

namespace python::syntax {

struct StringLiteral;

/// Thrown from the place where a source stops being Python, caught by `parse_module` and `parse_expression`.
struct Failure {
  enum class Kind : std::uint8_t {
    Particular,
    Generic,    ///< "invalid syntax"
    Layout,     ///< an unexpected indentation: Python looks no further for errors of tokens
    Tokenizer,  ///< the parser arrived where the tokens end
  };

  std::string message;
  std::uint32_t offset = 0;
  Kind kind = Kind::Particular;
};

/// The recursive-descent parser: a function a rule, each beginning at the current token and ending behind the last one
/// of what it read. Expressions stand in expressions.cpp, and so on. Where a source is refused, the rules follow
/// CPython's own: the message and the line are the same as there.
class Grammar {
 public:
  Grammar(Tree& tree, const Tokens& tokens) : tree_(tree), tokens_(tokens), token_(tokens.tokens.data()) {}

  void module();
  void single_expression();
  /// Where the parser stands.
  std::uint32_t offset() const { return token_->begin; }

 private:
  /// Nested expressions and branches of `elif`; also the height of the tree of an expression, so that those who walk
  /// it may recurse.
  static constexpr int deepest = 1000;

  /// Collects the elements of a sequence, while the elements may be collecting theirs.
  template <class T>
  class Collector {
   public:
    explicit Collector(Grammar& grammar)
        : grammar_(grammar), items_(std::get<std::vector<T>>(grammar.pending_)), begin_(items_.size()) {}
    ~Collector() { items_.resize(begin_); }
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

    void add(T item) { items_.push_back(item); }
    std::size_t size() const { return items_.size() - begin_; }
    bool empty() const { return size() == 0; }
    const T& operator[](std::size_t i) const { return items_[begin_ + i]; }
    std::span<const T> items() const { return std::span<const T>(items_).subspan(begin_); }
    std::span<const T> sequence() const { return grammar_.tree_.arena.copy(items()); }

   private:
    Grammar& grammar_;
    std::vector<T>& items_;
    std::size_t begin_;
  };
  template <class T>
  using Nodes = Collector<const T*>;

  /// One level deeper, as long as it lives.
  class Level {
   public:
    explicit Level(Grammar& grammar) : grammar_(grammar) {
      if (++grammar.depth_ > deepest) grammar.too_deep();
    }
    ~Level() { --grammar_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Grammar& grammar_;
  };

  // Tokens
  TokenKind kind() const { return token_->kind; }
  TokenKind next_kind() const {
    return kind() == TokenKind::EndMarker || kind() == TokenKind::Error ? kind() : token_[1].kind;
  }
  bool at(TokenKind wanted) const { return kind() == wanted; }
  bool at_word(std::string_view word) const { return at(TokenKind::Name) && text(*token_) == word; }
  void advance() { ++token_; }
  bool skip(TokenKind wanted) {
    if (!at(wanted)) return false;
    advance();
    return true;
  }
  void expect(TokenKind wanted) {
    if (!skip(wanted)) unexpected();
  }
  std::string_view text(const Token& token) const {
    return {tree_.source.data() + token.begin, token.end - token.begin};
  }
  std::uint32_t begin() const { return token_->begin; }
  std::uint32_t end() const;
  std::string_view identifier();

  // Failures
  [[noreturn]] void unexpected() const;
  [[noreturn]] void fail(std::string message) const { fail(std::move(message), begin()); }
  [[noreturn]] void fail(std::string message, std::uint32_t offset) const;
  [[noreturn]] void too_deep() const;
  /// Whether `part` can be read here; the parser stands behind it then, else where it stood. The end of the tokens is
  /// an error even so.
  template <class Part>
  bool try_to_read(Part part) {
    const Token* start = token_;
    const bool outer = std::exchange(trying_, true);
    bool success = true;
    try {
      part();
      if (at(TokenKind::Error)) unexpected();
    } catch (const Failure& failure) {
      if (failure.kind == Failure::Kind::Tokenizer) throw;
      success = false;
      token_ = start;
    }
    trying_ = outer;
    return success;
  }
  /// Reads `part`. False if it fails without Python having particular words for it; the parser stands where it failed.
  template <class Part>
  bool reads(Part part) {
    try {
      part();
      return true;
    } catch (const Failure& failure) {
      if (failure.kind != Failure::Kind::Generic) throw;
      return false;
    }
  }
  bool has_readable_prefix(const Token* start);
  void two_expressions(const Token* first_token, const Expr* first);
  void assignment_inside(const Expr* expr);
  [[noreturn]] void unparenthesized_comprehension_target(const Expr* first);
  [[noreturn]] void no_return_annotation(const Token* arrow);
  [[noreturn]] void no_for_target(const Token* start);
  void check_element(const Expr* element) const;

  // Nodes
  template <class T>
  T* make(std::uint32_t begin) {
    T* node = tree_.arena.make(T{});
    node->kind = T::tag;
    node->span = {begin, end()};
    if constexpr (std::is_base_of_v<Expr, T>) node->height = 1;
    return node;
  }
  template <class T>
  const T* keep(T value) {
    return tree_.arena.make(std::move(value));
  }
  /// The expression, one higher than the highest of its children.
  template <class... Children>
  const Expr* above(Expr* node, const Children&... children) {
    const int highest = 1 + std::max({0, height(children)...});
    if (highest > deepest) too_deep();
    node->height = static_cast<std::uint16_t>(highest);
    return node;
  }

  // Statements
  Sequence<Stmt> statements(TokenKind last);
  void statement(Nodes<Stmt>& into);
  void simple_statements(Nodes<Stmt>& into);
  const Stmt* simple_statement();
  const Stmt* compound_statement();
  Sequence<Stmt> block(const char* what, std::uint32_t keyword);
  Sequence<Stmt> else_block();
  const Stmt* expression_statement();
  const Stmt* assignment(std::uint32_t begin, const Expr* first);
  const Stmt* annotated_assignment(std::uint32_t begin, const Expr* target, bool in_parentheses);
  void check_annotated(const Expr* target, const Token* colon);
  const Stmt* augmented_assignment(std::uint32_t begin, const Expr* target);
  const Stmt* return_statement();
  const Stmt* raise_statement();
  const Stmt* delete_statement();
  const Stmt* assert_statement();
  const Stmt* import_statement();
  const Stmt* import_from_statement();
  void imported_names(Nodes<Alias>& names);
  const Alias* alias(bool dotted);
  std::string_view dotted_name();
  template <class T>
  const Stmt* names_statement();
  template <class T>
  const Stmt* keyword_statement();
  bool at_type_alias() const;
  const Stmt* type_alias();
  const Stmt* if_statement(const char* what);
  const Stmt* while_statement();
  const Stmt* for_statement(std::uint32_t begin, bool async);
  const Stmt* with_statement(std::uint32_t begin, bool async);
  bool at_parenthesized_items() const;
  const WithItem* with_item();
  const Stmt* try_statement();
  const ExceptHandler* except_handler(bool star);
  const Expr* rest_of_exception_types(std::uint32_t begin, const Expr* first);
  const Stmt* async_statement(Sequence<Expr> decorators);
  const Stmt* decorated();
  const Stmt* function_definition(std::uint32_t begin, bool async, Sequence<Expr> decorators);
  const Stmt* class_definition(Sequence<Expr> decorators);
  Sequence<TypeParam> type_params();
  const TypeParam* type_param();

  // Patterns
  bool at_match() const;
  const Stmt* match_statement();
  const Expr* match_subject();
  const MatchCase* match_case();
  const Pattern* patterns();
  const Pattern* pattern();
  const Pattern* or_pattern();
  const Pattern* closed_pattern();
  const Pattern* maybe_star_pattern();
  const Pattern* open_sequence(std::uint32_t begin, const Pattern* first, TokenKind closing);
  const Pattern* parenthesized_pattern();
  const Pattern* list_pattern();
  const Pattern* mapping_pattern();
  const Pattern* name_pattern();
  const Pattern* class_pattern(std::uint32_t begin, const Expr* cls);
  const Pattern* closed(const Pattern* sequence, TokenKind closing);
  const Pattern* value_pattern(std::uint32_t begin, const Expr* value);
  const Pattern* singleton_pattern(ConstantKind value);
  const Expr* pattern_number();
  const Expr* signed_number();
  static bool is_imaginary(const Expr* number);
  const Expr* pattern_key();
  const Expr* name_or_attribute();
  std::string_view capture_target();

  // Arguments of calls and parameters of functions
  struct CallArguments {
    CallArguments(Grammar& grammar, bool generator) : args(grammar), keywords(grammar), generator_allowed(generator) {}

    Nodes<Expr> args;
    Nodes<Keyword> keywords;
    bool generator_allowed;        ///< a generator expression may be the only argument, in the call's own parentheses
    bool has_double_star = false;  ///< **kwargs has been read
    std::uint32_t begin = 0;       ///< the opening parenthesis
  };
  const Expr* call(std::uint32_t begin, const Expr* func);
  void arguments(CallArguments& into);
  void argument(CallArguments& into);
  void keyword_argument(CallArguments& into);
  void positional_argument(CallArguments& into);
  const Expr* generator_argument(const CallArguments& into, const Expr* elt);
  [[noreturn]] void positional_behind_keyword(const CallArguments& into);
  struct Parameters;
  const Arguments* parameters(TokenKind closing);
  void parameter(Parameters& into);
  void plain_parameter(Parameters& into);
  void slash(Parameters& into);
  void star_parameter(Parameters& into);
  void double_star_parameter(Parameters& into);
  const Arg* parameter_name(const Parameters& into, bool starred_annotation);

  // Expressions
  const Expr* star_expressions();
  const Expr* star_expression();
  const Expr* star_named_expression();
  const Expr* named_expression();
  const Expr* assignment_expression();
  const Expr* expressions();
  const Expr* expression();
  const Expr* conditional(std::uint32_t begin, const Expr* body);
  const Expr* lambda();
  const Expr* disjunction();
  const Expr* conjunction();
  const Expr* boolean(std::uint32_t begin, const Expr* first, BoolOperator op);
  const Expr* inversion();
  const Expr* comparison();
  bool comparison_operator(CompareOperator& op);
  const Expr* disjunction_of_bits();
  const Expr* binary(int precedence);
  const Expr* unary();
  const Expr* unary_operation(UnaryOperator op, const Expr* (Grammar::*operand)());
  const Expr* power();
  const Expr* await_primary();
  const Expr* primary();
  const Expr* trailers(std::uint32_t begin, const Expr* value);
  const Expr* slices();
  const Expr* slice();
  const Expr* yield_expression();
  const Expr* annotated_rhs();
  const Expr* starred(const Expr* (Grammar::*operand)());
  const Expr* tuple(std::uint32_t begin, std::span<const Expr* const> elts);

  // Atoms
  const Expr* atom();
  const Expr* name();
  const Expr* constant(ConstantKind constant);
  const Expr* number();
  const Expr* parentheses();
  const Expr* generator(std::uint32_t begin, const Expr* elt);
  const Expr* list();
  const Expr* list_comprehension(std::uint32_t begin, const Expr* elt);
  const Expr* braces();
  const Expr* set(std::uint32_t begin, const Expr* first);
  const Expr* dict(std::uint32_t begin, const Expr* first_key);
  void dict_item(Nodes<Expr>& items, const Expr* key);
  Sequence<Expr> every_second(const Nodes<Expr>& items, std::size_t from);
  const Expr* unpacked_dict();
  const Expr* dict_key();
  const Expr* dict_value();
  const Expr* dict_comprehension(std::uint32_t begin, const Expr* key, const Expr* value);
  bool at_comprehension() const;
  Sequence<Comprehension> comprehensions();
  const Comprehension* comprehension();

  // Targets
  void store(const Expr* target) { set_context(target, Context::Store); }
  void set_context(const Expr* expr, Context context);
  const Expr* for_targets();
  const Expr* target_list();
  void check_target(const Expr* target, const char* verb, bool starred_allowed) const;
  const Expr* invalid_target(const Expr* target, bool starred_allowed) const;

  // Strings
  struct StringParts;
  const Expr* strings();
  const Expr* string();
  void check_ascii(const StringLiteral& literal) const;
  const Expr* joined_strings(std::uint32_t begin, StringParts& parts);
  Constant* text_constant(const StringParts& parts, Span span);
  void string_part(StringParts& parts);
  void format_string_part(StringParts& parts);
  void format_text(StringParts& parts, bool raw);
  void add_text(StringParts& parts, Span span, std::string_view content, bool bytes, bool raw);
  void flush_text(StringParts& parts);
  void replacement_field(StringParts& parts, bool raw);
  char conversion();
  const Expr* format_spec(bool raw);

  Tree& tree_;
  const Tokens& tokens_;
  const Token* token_;  ///< the current one
  int depth_ = 0;
  int retries_left_ =
      50;                ///< readings of what was read before, for the sake of better words; nested ones would explode
  bool trying_ = false;  ///< whatever fails is tried only to find the best words for a failure
  std::tuple<std::vector<const Expr*>, std::vector<const Stmt*>, std::vector<const Keyword*>, std::vector<const Arg*>,
             std::vector<const Alias*>, std::vector<const WithItem*>, std::vector<const ExceptHandler*>,
             std::vector<const MatchCase*>, std::vector<const Pattern*>, std::vector<const TypeParam*>,
             std::vector<const Comprehension*>, std::vector<std::string_view>, std::vector<CompareOperator>>
      pending_;
};

}  // namespace python::syntax
