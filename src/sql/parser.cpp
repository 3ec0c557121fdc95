#include "sql/parser.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

namespace sql {
namespace {

/// libpg_query and the unpacking of its trees recurse over operators without a limit of their own: some thousands of
/// them overflow the stack.
constexpr std::size_t deepest_parsed_text = 2000;
constexpr int deepest_tree = 400;

std::unexpected<base::Error> refused(std::string message) {
  return base::failure(base::ErrorCode::ParseError, std::move(message), "Check the SQL text");
}

template <class T>
T member(const ProtobufCMessage& message, unsigned offset) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(&message) + offset);
}

std::string scalar(const ProtobufCFieldDescriptor& field, const void* place) {
  switch (field.type) {
    case PROTOBUF_C_TYPE_STRING:
      return *static_cast<const char* const*>(place);
    case PROTOBUF_C_TYPE_ENUM: {
      const auto* type = static_cast<const ProtobufCEnumDescriptor*>(field.descriptor);
      const auto* found = protobuf_c_enum_descriptor_get_value(type, *static_cast<const int*>(place));
      return found == nullptr ? std::string{} : found->name;
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64: {
      const auto number = *static_cast<const std::int64_t*>(place);
      return number == 0 ? std::string{} : std::to_string(number);
    }
    default: {
      const auto number = *static_cast<const std::int32_t*>(place);
      return number == 0 ? std::string{} : std::to_string(number);
    }
  }
}

bool is_position(std::string_view field) {
  return field == "location" || field == "stmt_location" || field == "stmt_len" || field == "list_start" ||
         field == "list_end";
}

bool add_fields(Node& node, const ProtobufCMessage& message, int depth);

/// `Node` is only the wrapper of what hangs in it.
const ProtobufCMessage* unwrapped(const ProtobufCMessage* message) {
  if (std::string_view{message->descriptor->short_name} != "Node") return message;
  for (unsigned i = 0; i < message->descriptor->n_fields; ++i) {
    const auto& field = message->descriptor->fields[i];
    if (member<unsigned>(*message, field.quantifier_offset) == field.id) {
      return member<const ProtobufCMessage*>(*message, field.offset);
    }
  }
  return nullptr;
}

bool add_message(Node& parent, std::string_view field, const ProtobufCMessage* wrapped, int depth) {
  const ProtobufCMessage* message = unwrapped(wrapped);
  Node& node = parent.children.emplace_back();
  node.field = field;
  if (message == nullptr) return true;
  node.kind = message->descriptor->short_name;
  return add_fields(node, *message, depth + 1);
}

bool add_repeated(Node& node, const ProtobufCMessage& message, const ProtobufCFieldDescriptor& field, int depth) {
  const auto count = member<std::size_t>(message, field.quantifier_offset);
  if (field.type != PROTOBUF_C_TYPE_MESSAGE) return true;
  const auto* elements = member<ProtobufCMessage* const*>(message, field.offset);
  for (std::size_t i = 0; i < count; ++i) {
    if (!add_message(node, field.name, elements[i], depth)) return false;
  }
  return true;
}

bool add_field(Node& node, const ProtobufCMessage& message, const ProtobufCFieldDescriptor& field, int depth) {
  const bool alternative = (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
  if (alternative && member<unsigned>(message, field.quantifier_offset) != field.id) return true;
  if (field.label == PROTOBUF_C_LABEL_REPEATED) return add_repeated(node, message, field, depth);
  if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
    const auto* inner = member<const ProtobufCMessage*>(message, field.offset);
    return inner == nullptr || add_message(node, field.name, inner, depth);
  }
  if (is_position(field.name)) return true;
  std::string text = scalar(field, reinterpret_cast<const char*>(&message) + field.offset);
  if (!text.empty()) node.children.push_back({{}, field.name, std::move(text), {}});
  return true;
}

/// False where the tree is deeper than the programs that walk it may recurse.
bool add_fields(Node& node, const ProtobufCMessage& message, int depth) {
  if (depth > deepest_tree) return false;
  const auto& descriptor = *message.descriptor;
  for (unsigned i = 0; i < descriptor.n_fields; ++i) {
    if (!add_field(node, message, descriptor.fields[i], depth)) return false;
  }
  return true;
}

TokenKind kind_of_token(const PgQuery__ScanToken& token, char first) {
  switch (token.token) {
    case PG_QUERY__TOKEN__SQL_COMMENT:
    case PG_QUERY__TOKEN__C_COMMENT:
      return TokenKind::Comment;
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__USCONST:
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
      return TokenKind::Text;
    case PG_QUERY__TOKEN__ICONST:
    case PG_QUERY__TOKEN__FCONST:
      return TokenKind::Number;
    case PG_QUERY__TOKEN__IDENT:
      return first == '"' ? TokenKind::QuotedName : TokenKind::Word;
    case PG_QUERY__TOKEN__UIDENT:
      return TokenKind::Other;
    default:
      return token.keyword_kind == PG_QUERY__KEYWORD_KIND__NO_KEYWORD ? TokenKind::Other : TokenKind::Word;
  }
}

/// How deep the tree of the text can be at most, in tokens: those from the start of the list element that one stands
/// in, on each level of brackets.
std::size_t possible_depth(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<std::size_t> levels{0};
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (const Token& token : tokens) {
    const char first = text[token.begin];
    if (token.kind == TokenKind::Comment) continue;
    if (token.kind == TokenKind::Other && (first == ')' || first == ']') && levels.size() > 1) {
      depth -= levels.back();
      levels.pop_back();
    } else if (token.kind == TokenKind::Other && (first == ',' || first == ';')) {
      depth -= levels.back();
      levels.back() = 0;
    } else {
      ++levels.back();
      deepest = std::max(deepest, ++depth);
      if (token.kind == TokenKind::Other && (first == '(' || first == '[')) levels.push_back(0);
    }
  }
  return deepest;
}

bool is_too_deep(std::string_view text) {
  if (text.size() < deepest_parsed_text) return false;
  const auto tokens = scanned(text);
  return tokens && possible_depth(text, *tokens) > deepest_parsed_text;
}

}  // namespace

const Node* child(const Node& node, std::string_view field) {
  const auto found = std::ranges::find(node.children, field, &Node::field);
  return found == node.children.end() ? nullptr : &*found;
}

std::vector<const Node*> children(const Node& node, std::string_view field) {
  std::vector<const Node*> found;
  for (const Node& each : node.children) {
    if (each.field == field) found.push_back(&each);
  }
  return found;
}

std::string_view value(const Node& node, std::string_view field) {
  const Node* found = child(node, field);
  return found == nullptr ? std::string_view{} : found->value;
}

base::Result<std::vector<Node>> parsed_statements(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return refused("a NUL byte");
  if (is_too_deep(text)) return refused("too deeply nested");
  PgQueryProtobufParseResult result = pg_query_parse_protobuf(std::string{text}.c_str());
  const std::unique_ptr<PgQueryProtobufParseResult, void (*)(PgQueryProtobufParseResult*)> guard{
      &result, [](PgQueryProtobufParseResult* done) { pg_query_free_protobuf_parse_result(*done); }};
  if (result.error != nullptr) return refused(result.error->message);
  const std::unique_ptr<PgQuery__ParseResult, void (*)(PgQuery__ParseResult*)> tree{
      pg_query__parse_result__unpack(nullptr, result.parse_tree.len,
                                     reinterpret_cast<const std::uint8_t*>(result.parse_tree.data)),
      [](PgQuery__ParseResult* done) { pg_query__parse_result__free_unpacked(done, nullptr); }};
  if (tree == nullptr) return refused("too deeply nested");
  Node root;
  if (!add_fields(root, tree->base, 0)) return refused("too deeply nested");
  std::vector<Node> statements;
  for (Node& raw : root.children) {
    if (raw.field == "stmts" && !raw.children.empty()) statements.push_back(std::move(raw.children.front()));
  }
  return statements;
}

namespace {

base::Result<Node> expression_tree(std::string_view text) {
  auto statements = parsed_statements("SELECT (" + std::string{text} + "\n)");
  if (!statements) return std::unexpected(statements.error());
  if (statements->size() != 1) return refused("not one expression");
  Node& select = statements->front();
  std::erase_if(select.children, [](const Node& each) { return each.kind.empty(); });
  if (select.children.size() != 1 || select.children.front().kind != "ResTarget") return refused("not an expression");
  Node& target = select.children.front();
  if (target.children.size() != 1 || target.children.front().field != "val") return refused("not an expression");
  Node expression = std::move(target.children.front());
  expression.field = {};
  return expression;
}

/// The same defaults and conditions stand on many tables.
constexpr std::size_t most_remembered = 4096;
constexpr std::size_t longest_remembered = 256;

}  // namespace

base::Result<Node> parsed_expression(std::string_view text) {
  if (text.size() > longest_remembered) return expression_tree(text);
  thread_local std::unordered_map<std::string, Node> remembered;
  std::string key(text);
  if (const auto found = remembered.find(key); found != remembered.end()) return found->second;
  auto tree = expression_tree(text);
  if (tree && remembered.size() < most_remembered) remembered.emplace(std::move(key), *tree);
  return tree;
}

base::Result<std::vector<Token>> scanned(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return refused("a NUL byte");
  PgQueryScanResult result = pg_query_scan(std::string{text}.c_str());
  const std::unique_ptr<PgQueryScanResult, void (*)(PgQueryScanResult*)> guard{
      &result, [](PgQueryScanResult* done) { pg_query_free_scan_result(*done); }};
  if (result.error != nullptr) {
    auto error = refused(result.error->message).error();
    const auto position = static_cast<std::size_t>(std::max(result.error->cursorpos, 1)) - 1;
    error.place.line = 1 + static_cast<int>(std::ranges::count(text.substr(0, position), '\n'));
    return std::unexpected(std::move(error));
  }
  const std::unique_ptr<PgQuery__ScanResult, void (*)(PgQuery__ScanResult*)> unpacked{
      pg_query__scan_result__unpack(nullptr, result.pbuf.len, reinterpret_cast<const std::uint8_t*>(result.pbuf.data)),
      [](PgQuery__ScanResult* done) { pg_query__scan_result__free_unpacked(done, nullptr); }};
  if (unpacked == nullptr) return refused("cannot be scanned");
  std::vector<Token> tokens;
  tokens.reserve(unpacked->n_tokens);
  for (std::size_t i = 0; i < unpacked->n_tokens; ++i) {
    const auto& token = *unpacked->tokens[i];
    const auto begin = static_cast<std::size_t>(token.start);
    tokens.push_back({kind_of_token(token, text[begin]), begin, static_cast<std::size_t>(token.end)});
  }
  return tokens;
}

}  // namespace sql
