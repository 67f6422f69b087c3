#include "models/cloudwatch/metric_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

constexpr int kDeepest = 100;

struct OperatorEntry {
  MathOperator op;
  std::string_view text;
  int level;  // binds tighter than those of lower levels
};
constexpr int kMinusLevel = 6;
constexpr int kPowerLevel = 7;
// Of two that begin alike, the longer first.
constexpr std::array<OperatorEntry, 15> kOperators{{
    {MathOperator::Or, "OR", 1},
    {MathOperator::Or, "||", 1},
    {MathOperator::And, "AND", 2},
    {MathOperator::And, "&&", 2},
    {MathOperator::LessOrEqual, "<=", 3},
    {MathOperator::Less, "<", 3},
    {MathOperator::GreaterOrEqual, ">=", 3},
    {MathOperator::Greater, ">", 3},
    {MathOperator::Equal, "==", 3},
    {MathOperator::NotEqual, "!=", 3},
    {MathOperator::Add, "+", 4},
    {MathOperator::Subtract, "-", 4},
    {MathOperator::Multiply, "*", 5},
    {MathOperator::Divide, "/", 5},
    {MathOperator::Power, "^", kPowerLevel},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

enum class TokenKind { Number, Word, Text, Symbol, End };

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0;
  std::string_view text;  // of a Text with its quotes
};

// Cuts an expression into tokens. A symbol that nobody knows is a token, too: the parser tells what
// it expected instead.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    const std::size_t begin = at_;
    if (begin == text_.size()) return {TokenKind::End, begin, {}};
    const char first = text_[at_];
    if (is_digit(first) || (first == '.' && is_digit(peek(1)))) {
      skip_number();
      return token(TokenKind::Number, begin);
    }
    if (is_letter(first)) {
      while (is_letter(peek(0)) || is_digit(peek(0))) ++at_;
      return token(TokenKind::Word, begin);
    }
    if (first == '"' || first == '\'') {
      const std::size_t end = text_.find(first, at_ + 1);
      at_ = end == std::string_view::npos ? text_.size() : end + 1;
      return token(TokenKind::Text, begin);
    }
    at_ += symbol_length();
    return token(TokenKind::Symbol, begin);
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  Token token(TokenKind kind, std::size_t begin) const {
    return {kind, begin, text_.substr(begin, at_ - begin)};
  }
  void skip_digits() {
    while (is_digit(peek(0))) ++at_;
  }
  void skip_number() {
    skip_digits();
    if (peek(0) == '.') ++at_;
    skip_digits();
    const bool has_exponent = peek(0) == 'e' || peek(0) == 'E';
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (!has_exponent || !is_digit(peek(1 + sign))) return;
    at_ += 1 + sign;
    skip_digits();
  }
  std::size_t symbol_length() const {
    for (const OperatorEntry& entry : kOperators) {
      if (text_.substr(at_).starts_with(entry.text)) return entry.text.size();
    }
    return 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string shown(const Token& token) {
  if (token.kind == TokenKind::End) return "the end";
  std::string quoted = "'";
  constexpr std::size_t kLongest = 40;
  for (const char c : token.text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    quoted += byte >= 0x20 && byte < 0x7F ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return quoted + (token.text.size() > kLongest ? "...'" : "'");
}

std::string symbol_hint(std::string_view symbol) {
  if (symbol == "=") return "did you mean '=='?";
  if (symbol == "&") return "did you mean 'AND'?";
  if (symbol == "|") return "did you mean 'OR'?";
  if (symbol == "!") return "did you mean '!='?";
  return {};
}

// Recursive descent; the first problem ends it, through every level, by `problem_`.
class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text), token_(lexer_.next()) {}

  std::variant<Expression, ExpressionProblem> parse() {
    if (token_.text == "SELECT") {
      fail(token_, "Metrics Insights queries are not simulated", "name the metrics by their ids");
    }
    if (!problem_) parse_binary(0);
    if (!problem_ && token_.kind != TokenKind::End) {
      fail(token_, fmt::format("expected an operator or the end, found {}", shown(token_)),
           symbol_hint(token_.text));
    }
    if (problem_) return std::move(*problem_);
    return Expression(std::move(terms_));
  }

 private:
  using Index = std::uint32_t;

  void advance() { token_ = lexer_.next(); }
  bool is_symbol(std::string_view symbol) const {
    return token_.kind == TokenKind::Symbol && token_.text == symbol;
  }
  Index fail(const Token& at, std::string message, std::string hint = {}) {
    if (!problem_) problem_ = {at.offset, std::move(message), std::move(hint)};
    return 0;
  }
  Index add(ExpressionTerm term) {
    terms_.push_back(std::move(term));
    return static_cast<Index>(terms_.size() - 1);
  }
  bool expect(std::string_view symbol, std::string_view expected) {
    if (problem_) return false;
    if (!is_symbol(symbol)) {
      fail(token_, fmt::format("expected {}, found {}", expected, shown(token_)),
           symbol_hint(token_.text));
      return false;
    }
    advance();
    return true;
  }

  const OperatorEntry* binary_operator() const {
    if (token_.kind != TokenKind::Symbol && token_.kind != TokenKind::Word) return nullptr;
    const auto* found =
        std::find_if(kOperators.begin(), kOperators.end(),
                     [this](const OperatorEntry& entry) { return entry.text == token_.text; });
    return found == kOperators.end() ? nullptr : found;
  }

  // All that is joined by operators of at least this level.
  Index parse_binary(int level) {
    Index left = parse_unary();
    for (const OperatorEntry* entry = binary_operator();
         !problem_ && entry != nullptr && entry->level >= level; entry = binary_operator()) {
      ExpressionTerm term;
      term.kind = TermKind::Binary;
      term.offset = token_.offset;
      term.op = entry->op;
      const bool from_right = entry->op == MathOperator::Power;
      const Index right = nested([&] { return parse_binary(entry->level + (from_right ? 0 : 1)); });
      term.operands = {left, right};
      left = add(std::move(term));
    }
    return left;
  }

  Index parse_unary() {
    if (!is_symbol("-")) return parse_primary();
    ExpressionTerm term;
    term.kind = TermKind::Minus;
    term.offset = token_.offset;
    term.operands = {nested([&] { return parse_binary(kMinusLevel); })};
    return add(std::move(term));
  }

  // Steps over the present token and one level down.
  template <class Parse>
  Index nested(Parse parse) {
    if (++depth_ > kDeepest) {
      return fail(token_, fmt::format("expected at most {} nested levels", kDeepest));
    }
    advance();
    const Index index = parse();
    --depth_;
    return index;
  }

  Index parse_primary() {
    if (problem_) return 0;
    switch (token_.kind) {
      case TokenKind::Number:
        return parse_number();
      case TokenKind::Word:
        return parse_word();
      case TokenKind::Text:
        return parse_text();
      case TokenKind::Symbol:
        if (is_symbol("(")) {
          const Index inner = nested([&] { return parse_binary(0); });
          expect(")", "an operator or ')'");
          return inner;
        }
        if (is_symbol("[")) return parse_array();
        break;
      case TokenKind::End:
        break;
    }
    return fail(token_,
                fmt::format("expected a number, an id, a function or '(', found {}", shown(token_)),
                symbol_hint(token_.text));
  }

  Index parse_number() {
    ExpressionTerm term;
    term.offset = token_.offset;
    const char* end = token_.text.data() + token_.text.size();
    const auto [stopped, error] = std::from_chars(token_.text.data(), end, term.number);
    if (error != std::errc{} || stopped != end) {
      return fail(token_,
                  fmt::format("expected a number of ordinary size, found {}", shown(token_)));
    }
    advance();
    return add(std::move(term));
  }

  Index parse_text() {
    const std::string_view text = token_.text;
    if (text.size() < 2 || text.back() != text.front()) {
      return fail(token_, fmt::format("expected a closing {}, found the end", text.front()));
    }
    ExpressionTerm term;
    term.kind = TermKind::Text;
    term.offset = token_.offset;
    term.text = text.substr(1, text.size() - 2);
    advance();
    return add(std::move(term));
  }

  Index parse_array() {
    ExpressionTerm term;
    term.kind = TermKind::Array;
    term.offset = token_.offset;
    term.operands = parse_list("]", "',' or ']'");
    if (!problem_ && term.operands.empty()) {
      problem_ = {term.offset, "expected the ids of an array, found none", {}};
    }
    return problem_ ? 0 : add(std::move(term));
  }

  // From the opening bracket to the closing one.
  std::vector<Index> parse_list(std::string_view closing, std::string_view expected) {
    std::vector<Index> items;
    nested([&]() -> Index {
      if (is_symbol(closing)) return 0;
      items.push_back(parse_binary(0));
      while (!problem_ && is_symbol(",")) {
        advance();
        items.push_back(parse_binary(0));
      }
      return 0;
    });
    expect(closing, expected);
    return items;
  }

  // An id, a function with its arguments, or a keyword.
  Index parse_word() {
    const Token word = token_;
    if (binary_operator() != nullptr) {
      return fail(
          word, fmt::format("expected a number, an id, a function or '(', found {}", shown(word)));
    }
    advance();
    if (is_symbol("(")) return parse_call(word);
    ExpressionTerm term;
    term.offset = word.offset;
    term.text = word.text;
    if (word.text.front() >= 'a' && word.text.front() <= 'z') {
      term.kind = TermKind::Id;
    } else if (is_math_keyword(word.text)) {
      term.kind = TermKind::Keyword;
    } else if (math_function_from(word.text)) {
      return fail(token_, fmt::format("expected '(' after {}, found {}", word.text, shown(token_)));
    } else {
      return fail(
          word,
          fmt::format("expected an id, which begins with a small letter, found {}", shown(word)),
          keyword_hint(word.text));
    }
    return add(std::move(term));
  }

  Index parse_call(const Token& name) {
    const auto function = math_function_from(name.text);
    if (!function && is_beyond_simulation(name.text)) {
      return fail(name, fmt::format("{} is not simulated", name.text));
    }
    if (!function) {
      return fail(name, fmt::format("expected a function, found {}", shown(name)),
                  function_hint(name.text));
    }
    ExpressionTerm term;
    term.kind = TermKind::Call;
    term.offset = name.offset;
    term.function = *function;
    term.operands = parse_list(")", "',' or ')'");
    if (problem_) return 0;
    const auto [least, most] = argument_counts(*function);
    if (term.operands.size() < least || term.operands.size() > most) {
      const std::string count =
          least == most ? std::to_string(least) : fmt::format("{} or {}", least, most);
      return fail(name, fmt::format("expected {} argument{} of {}, found {}", count,
                                    most == 1 ? "" : "s", name.text, term.operands.size()));
    }
    return add(std::move(term));
  }

  Lexer lexer_;
  Token token_;
  std::vector<ExpressionTerm> terms_;
  std::optional<ExpressionProblem> problem_;
  int depth_ = 0;
};

}  // namespace

std::string_view to_string(MathOperator op) {
  for (const OperatorEntry& entry : kOperators) {
    if (entry.op == op) return entry.text;
  }
  CHECK(false);
  return {};
}

std::variant<Expression, ExpressionProblem> parse_expression(std::string_view text) {
  if (text.size() > kLongestExpression) {
    return ExpressionProblem{
        kLongestExpression,
        fmt::format("expected at most {} characters, found {}", kLongestExpression, text.size()),
        {}};
  }
  return Parser(text).parse();
}

std::vector<ReferencedId> referenced_ids(const Expression& expression) {
  std::vector<ReferencedId> ids;
  for (const ExpressionTerm& term : expression.terms()) {
    if (term.kind != TermKind::Id) continue;
    const bool known = std::any_of(ids.begin(), ids.end(), [&](const ReferencedId& referenced) {
      return referenced.id == term.text;
    });
    if (!known) ids.push_back({term.text, term.offset});
  }
  return ids;
}

}  // namespace models::cloudwatch
