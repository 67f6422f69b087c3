#include "sim/report/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/text_table.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::endpoint::FittedLoad;
using models::endpoint::FittedRow;
using models::endpoint::SaturationFit;
using models::endpoint::UniversalScalability;

double off(double fitted, double measured) { return fitted / measured - 1; }

std::string signed_share(double fraction) { return fmt::format("{:+.1f} %", fraction * 100); }

std::string rate_text(double per_second) {
  return fmt::format("{}/s ({}/min)", humane_number(per_second, 4),
                     humane_count(std::llround(per_second * 60)));
}

// At most so much; what is less than a row can tell is not told.
std::string miss_text(double miss) {
  constexpr double kLeast = 1e-4;
  return miss < kLeast ? "less than " + humane_share(kLeast) : humane_share(miss, 2);
}

double largest_miss(const SaturationFit& fit, double FittedRow::*throughput) {
  double largest = 0;
  for (const FittedRow& row : fit.rows) {
    largest = std::max(largest, std::abs(off(row.*throughput, row.measured.throughput)));
  }
  return largest;
}

std::string load_text(const FittedLoad& load) {
  return fmt::format("{} at {}, {} requests at once", rate_text(load.throughput),
                     humane_seconds(load.latency_s()), humane_number(load.concurrency));
}

std::string law_text(const SaturationFit& fit) {
  const UniversalScalability& law = fit.law;
  const auto text = [&](double value, double UniversalScalability::*term, int digits) {
    const double error = fit.standard_errors ? (*fit.standard_errors).*term : std::nan("");
    const std::string alone = fmt::format("{:.{}g}", value, digits);
    return std::isfinite(error) ? fmt::format("{} ± {:.2g}", alone, error) : alone;
  };
  return fmt::format("lambda {}/s, sigma {}, kappa {}",
                     text(law.lambda, &UniversalScalability::lambda, 4),
                     text(law.sigma, &UniversalScalability::sigma, 3),
                     text(law.kappa, &UniversalScalability::kappa, 3));
}

std::string fit_text(const SaturationFit& fit) {
  const std::string miss = miss_text(largest_miss(fit, &FittedRow::throughput));
  if (fit.follows_law) return fmt::format("the universal scalability law, off by {} at most", miss);
  return fmt::format(
      "a rate of its own at each number of requests at once, off by {} at most; the universal "
      "scalability law is off by {}",
      miss, miss_text(largest_miss(fit, &FittedRow::law_throughput)));
}

std::vector<Fact> facts(const FitReport& report) {
  const SaturationFit& fit = report.fit;
  std::vector<Fact> facts;
  if (fit.rows.size() == 1) {
    facts.push_back({"FIT",
                     "one row, where answers begin to be no more: until then requests are taken "
                     "not to slow each other down, and beyond nothing is known"});
  } else {
    facts.push_back({"FIT", fit_text(fit)});
    facts.push_back({"LAW", law_text(fit)});
  }
  facts.push_back(
      {"ALONE", fmt::format("{} for one request at a time", humane_seconds(fit.service_time_s()))});
  facts.push_back({"KNEE", load_text(knee_load(fit))});
  facts.push_back({"PEAK", load_text(peak_load(fit))});
  if (const auto load = load_at_cpu(fit, report.cpu_share * report.most_cpu_percent)) {
    facts.push_back({"CPU", fmt::format("{} of {:.6g} % at {}", humane_share(report.cpu_share),
                                        report.most_cpu_percent, load_text(*load))});
  } else if (!fit.busy_cpu.empty()) {
    facts.push_back({"CPU", fmt::format("{} of {:.6g} % is never reached",
                                        humane_share(report.cpu_share), report.most_cpu_percent)});
  }
  facts.push_back({"MEASURED", fmt::format("by users who ask again {} after an answer{}",
                                           humane_seconds(fit.think_time_s),
                                           report.think_time ? "" : ", as the rows say")});
  return facts;
}

const std::vector<std::string>& columns() {
  static const std::vector<std::string> kColumns{"at once", "latency", "rate", "fitted", "off",
                                                 "law",     "off",     "CPU",  "fitted"};
  return kColumns;
}

std::string percent_text(const std::optional<double>& percent) {
  return percent ? fmt::format("{:.1f}", *percent) : "";
}

std::vector<std::string> cells(const FittedRow& row) {
  const double measured = row.measured.throughput;
  return {fmt::format("{:.2f}", row.measured.concurrency()),
          humane_seconds(row.measured.latency_s),
          fmt::format("{:.1f}/s", measured),
          fmt::format("{:.1f}/s", row.throughput),
          signed_share(off(row.throughput, measured)),
          fmt::format("{:.1f}/s", row.law_throughput),
          signed_share(off(row.law_throughput, measured)),
          percent_text(row.measured.cpu_percent),
          percent_text(row.cpu_percent)};
}

std::vector<std::string> endpoint_block(const FitReport& report) {
  std::vector<std::string> lines{"endpoint:"};
  lines.push_back("  instance_type: " + report.instance_type.value_or("ml.c5.large  # yours"));
  lines.push_back("  benchmark: " + json_string(report.file));
  if (report.think_time) {
    lines.push_back("  overhead: " + format_duration(*report.think_time));
  }
  return lines;
}

void write_parameters(JsonWriter& json, const UniversalScalability& law) {
  json.key("lambda").number(law.lambda);
  json.key("sigma").number(law.sigma);
  json.key("kappa").number(law.kappa);
}

void write_load(JsonWriter& json, std::string_view key, const FittedLoad& load) {
  json.key(key).begin_object();
  json.key("throughput").number(load.throughput);
  json.key("concurrency").number(load.concurrency);
  json.key("latency_s").number(load.latency_s());
  json.key("cpu_percent").number(load.cpu_percent);
  json.end_object();
}

void write_row(JsonWriter& json, const FittedRow& row) {
  json.begin_object();
  json.key("throughput").number(row.measured.throughput);
  json.key("latency_s").number(row.measured.latency_s);
  json.key("concurrency").number(row.measured.concurrency());
  json.key("users").number(row.users);
  json.key("cpu_percent").number(row.measured.cpu_percent);
  json.key("fitted").number(row.throughput);
  json.key("residual").number(off(row.throughput, row.measured.throughput));
  json.key("law_fitted").number(row.law_throughput);
  json.key("law_residual").number(off(row.law_throughput, row.measured.throughput));
  json.key("cpu_fitted_percent").number(row.cpu_percent);
  json.end_object();
}

void write_list(JsonWriter& json, std::string_view key, const std::vector<double>& values) {
  json.key(key).begin_array();
  for (const double value : values) json.number(value);
  json.end_array();
}

}  // namespace

void write_fit(std::ostream& out, const FitReport& report) {
  const SaturationFit& fit = report.fit;
  out << fmt::format("{}   {}, up to {} requests at once\n\n", one_line(report.file),
                     counted(static_cast<std::int64_t>(fit.rows.size()), "row", "rows"),
                     humane_number(fit.rows.back().measured.concurrency()));
  write_facts(out, facts(report), Colour::Off);
  std::vector<std::vector<std::string>> rows{columns()};
  for (const FittedRow& row : fit.rows) rows.push_back(cells(row));
  out << '\n';
  write_right_aligned(out, rows, Colour::Off);
  out << '\n';
  for (const std::string& line : endpoint_block(report)) out << line << '\n';
}

void write_fit_json(std::ostream& out, const FitReport& report) {
  const SaturationFit& fit = report.fit;
  JsonWriter json(out, 2);
  json.begin_object();
  json.key("parameters").begin_object();
  write_parameters(json, fit.law);
  json.key("law").string(fit.follows_law ? "universal_scalability" : "measured");
  json.key("think_time_s").number(fit.think_time_s);
  json.key("service_time_s").number(fit.service_time_s());
  write_list(json, "throughput", fit.throughputs);
  write_list(json, "cpu_percent", fit.busy_cpu);
  json.end_object();
  json.key("standard_errors");
  if (fit.standard_errors) {
    json.begin_object();
    write_parameters(json, *fit.standard_errors);
    json.end_object();
  } else {
    json.null();
  }
  json.key("points").begin_array();
  for (const FittedRow& row : fit.rows) write_row(json, row);
  json.end_array();
  write_load(json, "peak", peak_load(fit));
  write_load(json, "knee", knee_load(fit));
  if (const auto load = load_at_cpu(fit, report.cpu_share * report.most_cpu_percent)) {
    write_load(json, "at_cpu", *load);
  } else {
    json.key("at_cpu").null();
  }
  json.key("warnings").begin_array();
  for (const Diagnostic& remark : report.remarks.sorted()) json.string(remark.message);
  json.end_array();
  json.end_object();
  out << '\n';
}

void write_fit_markdown(std::ostream& out, const FitReport& report) {
  out << fmt::format("## {}\n\n", markdown_text(report.file));
  write_markdown_facts(out, facts(report));
  std::vector<std::vector<std::string>> rows{columns()};
  for (const FittedRow& row : report.fit.rows) rows.push_back(cells(row));
  out << '\n';
  write_markdown_right_aligned(out, rows);
  out << "\n```yaml\n";
  for (const std::string& line : endpoint_block(report)) out << line << '\n';
  out << "```\n";
}

void write_fit_csv(std::ostream& out, const FitReport& report) {
  out << "throughput,latency_s,concurrency,cpu_percent,fitted,residual,law_fitted,law_residual,"
         "cpu_fitted_percent\n";
  const auto optional = [](const std::optional<double>& value) {
    return value ? json_number(*value) : std::string{};
  };
  for (const FittedRow& row : report.fit.rows) {
    const double measured = row.measured.throughput;
    out << fmt::format("{},{},{},{},{},{},{},{},{}\n", json_number(measured),
                       json_number(row.measured.latency_s), json_number(row.measured.concurrency()),
                       optional(row.measured.cpu_percent), json_number(row.throughput),
                       json_number(off(row.throughput, measured)), json_number(row.law_throughput),
                       json_number(off(row.law_throughput, measured)), optional(row.cpu_percent));
  }
}

}  // namespace sim
