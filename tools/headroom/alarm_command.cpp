// Tries an alarm out on a pattern of datapoints: `headroom alarm --points "0 - X - X" -n 3`.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/cloudwatch/alarm_evaluation.hpp"
#include "models/cloudwatch/range_explanation.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/scenario/diagnostic.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

using models::cloudwatch::PointState;

// No alarm has more evaluation periods: a day in periods of ten seconds.
constexpr std::int32_t kMostPeriods = 8640;

struct Verdict {
  std::string state;  // AWS's, or RETAIN
  std::int32_t filled = 0;
  std::string reason;
  std::string rule;
  std::vector<std::size_t> counted;  // indices from the newest point
};

bool is_gap_between(char c) { return c == ' ' || c == '\t'; }

// The points as they were written, oldest first; none when one of them is no point.
std::optional<std::string> read_points(const std::string& text, sim::Diagnostics& diagnostics) {
  constexpr std::string_view kExpected = "X (breaching), 0 (not breaching) or - (missing)";
  std::string points;
  int column = 0;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    const char c = text[begin];
    // A column counts characters, not bytes.
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
    if (is_gap_between(c)) continue;
    if (c == 'X' || c == '0' || c == '-') {
      points += c;
      continue;
    }
    sim::Diagnostic problem;
    problem.place = {"--points", 1, column};
    problem.code = "bad-points";
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    problem.message = fmt::format("expected {}, found {}", kExpected,
                                  sim::in_quotes(text.substr(begin, end - begin)));
    if (c == 'x') problem.hint = "did you mean 'X'?";
    if (c == 'O' || c == 'o') problem.hint = "did you mean '0'?";
    problem.source_line = text;
    diagnostics.add(std::move(problem));
    return std::nullopt;
  }
  if (points.empty()) {
    diagnostics.add_error({"--points", 0, 0}, "bad-points",
                          fmt::format("expected {}, found nothing", kExpected));
    return std::nullopt;
  }
  return points;
}

Verdict judge(const std::string& points, const models::cloudwatch::MissingDataRule& rule,
              const models::cloudwatch::AlarmRules& rules) {
  std::vector<PointState> newest_first;
  for (auto c = points.rbegin(); c != points.rend(); ++c) {
    newest_first.push_back(*c == 'X'   ? PointState::Breaching
                           : *c == '0' ? PointState::NotBreaching
                                       : PointState::Missing);
  }
  const auto verdict = models::cloudwatch::evaluate_range(newest_first, rule, rules);
  return {verdict.state ? std::string(to_string(*verdict.state)) : "RETAIN", verdict.filled,
          explain(verdict, rule), std::string(rule_number(verdict.rule)), verdict.counted};
}

void write_table(std::ostream& out, const std::string& points, const Verdict& verdict) {
  std::string marks(2 * points.size() - 1, ' ');
  for (const std::size_t index : verdict.counted) marks[2 * (points.size() - 1 - index)] = '^';
  std::string spaced;
  for (const char point : points) spaced += std::string(spaced.empty() ? "" : " ") + point;
  marks.erase(marks.find_last_not_of(' ') + 1);
  const bool keeps = verdict.state == "RETAIN";
  out << fmt::format("state    {}{}\n", verdict.state, keeps ? ": the alarm keeps its state" : "");
  out << fmt::format("points   {}   oldest to newest\n", spaced);
  out << fmt::format("counted  {}\n", marks.empty() ? "none" : marks);
  out << fmt::format("filled   {}\n", verdict.filled);
  out << fmt::format("why      {}\n", verdict.reason);
  out << fmt::format("rule     {}\n", verdict.rule);
}

void write_json(std::ostream& out, const Verdict& verdict) {
  sim::JsonWriter json(out, 0);
  json.begin_object();
  json.key("state").string(verdict.state);
  json.key("filled").integer(verdict.filled);
  json.key("reason").string(verdict.reason);
  json.end_object();
}

class AlarmCommand : public Command {
 public:
  explicit AlarmCommand(CLI::App& root)
      : Command(
            root, "alarm", "Tell what an alarm does with these points, and why",
            "  headroom alarm --points \"0 - X - X\" -m 2 -n 3 --treat-missing-data ignore\n"
            "  headroom alarm --points \"- - X - -\" -n 3\n"
            "  headroom alarm --points \"0 - X - -\" -m 2 -n 3 --premature-alarm text -o json\n") {
    app()
        .add_option("--points", points_text_,
                    "the evaluation range, oldest to newest: X breaching, 0 not, - missing")
        ->required()
        ->type_name("POINTS");
    app()
        .add_option("-m,--datapoints-to-alarm", datapoints_to_alarm_,
                    "how many have to breach; default as many as -n")
        ->type_name("M")
        ->check(CLI::Range(1, kMostPeriods).description(""));
    app()
        .add_option("-n,--evaluation-periods", evaluation_periods_, "of how many")
        ->required()
        ->type_name("N")
        ->check(CLI::Range(1, kMostPeriods).description(""));
    set_choices(app().add_option("--treat-missing-data", treatment_, "default missing"),
                {"missing", "notBreaching", "breaching", "ignore"});
    set_choices(app().add_option("--old-breaching-point", old_point_,
                                 "S-03, beyond the newest N points: default counts"),
                {"counts", "ignored"});
    set_choices(app().add_option("--young-breaching-point", young_point_,
                                 "S-04, alone and too young, under ignore: default retain"),
                {"retain", "ok"});
    set_choices(app().add_option("--premature-alarm", premature_,
                                 "S-26, an old point that does not breach: default table"),
                {"table", "text"});
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    const auto points = read_points(points_text_, diagnostics);
    const std::int32_t m = datapoints_to_alarm_.value_or(evaluation_periods_);
    if (m > evaluation_periods_) {
      diagnostics.add_error({"--datapoints-to-alarm", 0, 0}, "bad-value",
                            fmt::format("expected at most the {} of --evaluation-periods, found {}",
                                        evaluation_periods_, m));
    }
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (diagnostics.has_errors()) return ExitCode::BadInput;
    write(console, *points,
          judge(*points,
                {m, evaluation_periods_, *models::cloudwatch::treat_missing_data_from(treatment_)},
                rules()));
    return ExitCode::Ok;
  }

 private:
  models::cloudwatch::AlarmRules rules() const {
    using namespace models::cloudwatch;
    AlarmRules rules;
    if (old_point_ == "ignored") rules.old_breaching_point = OldBreachingPoint::Ignored;
    if (young_point_ == "ok") rules.young_breaching_point = YoungBreachingPoint::Ok;
    if (premature_ == "text") rules.premature_alarm = PrematureAlarm::Text;
    return rules;
  }

  static void write(Console& console, const std::string& points, const Verdict& verdict) {
    switch (console.format()) {
      case OutputFormat::Table:
        return write_table(console.out(), points, verdict);
      case OutputFormat::Json:
        return write_json(console.out(), verdict);
      case OutputFormat::Csv:
        console.out() << fmt::format("state,filled,reason\n{},{},{}\n", verdict.state,
                                     verdict.filled, sim::csv_field(verdict.reason));
        return;
      case OutputFormat::Markdown:
        console.out() << fmt::format(
            "| state | filled | reason |\n| --- | ---: | --- |\n"
            "| {} | {} | {} |\n",
            verdict.state, verdict.filled, sim::markdown_text(verdict.reason));
        return;
      case OutputFormat::None:
        return;
    }
  }

  std::string points_text_;
  std::optional<std::int32_t> datapoints_to_alarm_;
  std::int32_t evaluation_periods_ = 1;
  std::string treatment_ = "missing";
  std::string old_point_ = "counts";
  std::string young_point_ = "retain";
  std::string premature_ = "table";
};

}  // namespace

std::unique_ptr<Command> make_alarm_command(CLI::App& root) {
  return std::make_unique<AlarmCommand>(root);
}

}  // namespace headroom
