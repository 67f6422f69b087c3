#include "models/autoscaling/schedule_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "models/autoscaling/cron_parser.hpp"
#include "models/autoscaling/schedule_text.hpp"

namespace models::autoscaling {
namespace {

constexpr std::size_t kLongestSchedule = 1600;
constexpr std::string_view kForms = "at(...), rate(...) or cron(...)";
constexpr std::string_view kAtForm = "yyyy-mm-ddThh:mm:ss";

// Every piece of the form is there, digits where letters stand.
std::optional<ScheduleRemark> check_form(TextPiece text) {
  for (std::size_t k = 0; k < kAtForm.size(); ++k) {
    const char wanted = kAtForm[k];
    const char found = k < text.text.size() ? text.text[k] : '\0';
    const bool is_digit = found >= '0' && found <= '9';
    const bool is_letter = wanted >= 'a' && wanted <= 'z';
    if (is_letter ? is_digit : found == wanted) continue;
    const TextPiece rest = text.from(std::min(k, text.text.size()));
    return ScheduleRemark{rest.offset,
                          fmt::format("expected a time of the form {}, found {} where {} is due",
                                      kAtForm, shown(rest.text), shown(kAtForm.substr(k))),
                          "as in at(2026-03-02T08:00:00)"};
  }
  if (text.text.size() == kAtForm.size()) return std::nullopt;
  const TextPiece rest = text.from(kAtForm.size());
  return unexpected(rest, "the end of the time after its seconds",
                    "a time zone has a field of its own: Timezone");
}

std::int64_t number_at(TextPiece text, std::size_t position, std::size_t digits) {
  return whole_number(text.text.substr(position, digits)).value_or(0);
}

std::optional<AtExpression> parse_at(TextPiece text, ScheduleRemark& error) {
  if (auto wrong = check_form(text)) {
    error = std::move(*wrong);
    return std::nullopt;
  }
  const std::int64_t year = number_at(text, 0, 4);
  if (year < kFirstScheduleYear || year > kLastScheduleYear) {
    error = unexpected(text.before(4), "a year of 1970 to 2199");
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year{static_cast<int>(year)},
      std::chrono::month{static_cast<unsigned>(number_at(text, 5, 2))},
      std::chrono::day{static_cast<unsigned>(number_at(text, 8, 2))}};
  if (!date.ok()) {
    error = unexpected(text.before(10), "a date that exists");
    return std::nullopt;
  }
  const std::int64_t hour = number_at(text, 11, 2);
  const std::int64_t minute = number_at(text, 14, 2);
  const std::int64_t second = number_at(text, 17, 2);
  if (hour > 23 || minute > 59 || second > 59) {
    error = unexpected(text.from(11), "a time of day of 00:00:00 to 23:59:59");
    return std::nullopt;
  }
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return AtExpression{((days * 24 + hour) * 60 + minute) * 60 + second};
}

struct RateUnit {
  std::string_view name;  // of one; several: with an s
  std::int64_t seconds = 60;
};
constexpr RateUnit kRateUnits[] = {{"minute", 60}, {"hour", 3600}, {"day", 86'400}};

std::optional<RateExpression> parse_rate(TextPiece text, ScheduleRemark& error) {
  const std::vector<TextPiece> pieces = split_at_blanks(text);
  const TextPiece end = text.from(text.text.size());
  const TextPiece value = pieces.empty() ? end : pieces[0];
  const auto number = whole_number(value.text);
  if (!number || *number == 0) {
    error = unexpected(value, "a positive whole number of at most nine digits",
                       "as in rate(5 minutes)");
    return std::nullopt;
  }
  const TextPiece unit = pieces.size() < 2 ? end : pieces[1];
  if (pieces.size() > 2) {
    error = unexpected(pieces[2], "')' after the unit");
    return std::nullopt;
  }
  for (const RateUnit& known : kRateUnits) {
    const bool is_singular = unit.text == known.name;
    const bool is_plural = unit.text == std::string{known.name} + "s";
    if (!is_singular && !is_plural) continue;
    if (is_singular == (*number == 1)) return RateExpression{*number * known.seconds};
    error = unexpected(unit,
                       fmt::format("'{}{}' after {}", known.name, is_singular ? "s" : "", *number),
                       "AWS wants the singular for 1 and the plural for all others");
    return std::nullopt;
  }
  error = unexpected(unit, "minute, minutes, hour, hours, day or days");
  return std::nullopt;
}

// What stands between `keyword` and the parenthesis that ends the text; none: `error` says why.
std::optional<TextPiece> body_of(TextPiece text, std::string_view keyword, ScheduleRemark& error) {
  const TextPiece body = text.from(keyword.size());
  const std::size_t end = body.text.find(')');
  if (end == std::string_view::npos) {
    error = unexpected(body.from(body.text.size()), "')' at the end");
    return std::nullopt;
  }
  if (end + 1 != body.text.size()) {
    error = unexpected(body.from(end + 1), "nothing after ')'");
    return std::nullopt;
  }
  return body.before(end);
}

std::string hint_about_form(std::string_view text) {
  const std::string upper = upper_case(text);
  for (const std::string_view keyword : {"at(", "rate(", "cron("}) {
    if (upper.starts_with(upper_case(keyword))) return fmt::format("write it '{}'", keyword);
  }
  const bool looks_like_fields = !text.empty() && text.find('(') == std::string_view::npos &&
                                 text.find(' ') != std::string_view::npos;
  return looks_like_fields ? "fields of cron stand in parentheses: cron(0 10 * * ? *)" : "";
}

}  // namespace

ParsedScheduleExpression parse_schedule_expression(std::string_view text,
                                                   const ScheduleRules& rules) {
  ParsedScheduleExpression parsed;
  const TextPiece whole{text, 0};
  if (text.size() > kLongestSchedule) {
    parsed.error = {
        kLongestSchedule,
        fmt::format("expected at most {} characters, found {}", kLongestSchedule, text.size()),
        {}};
  } else if (text.starts_with("at(")) {
    if (const auto body = body_of(whole, "at(", parsed.error)) {
      parsed.expression = parse_at(*body, parsed.error);
    }
  } else if (text.starts_with("rate(")) {
    if (const auto body = body_of(whole, "rate(", parsed.error)) {
      parsed.expression = parse_rate(*body, parsed.error);
    }
  } else if (text.starts_with("cron(")) {
    if (const auto body = body_of(whole, "cron(", parsed.error)) {
      parsed.expression = parse_cron(*body, rules, parsed.error, parsed.warnings);
    }
  } else {
    parsed.error = unexpected(whole, kForms, hint_about_form(text));
  }
  return parsed;
}

bool is_recurring(const ScheduleExpression& expression) {
  return !std::holds_alternative<AtExpression>(expression);
}

}  // namespace models::autoscaling
