#include "sim/report/json_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "sim/report/assumption_list.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using ::testing::ElementsAre;
using Plain = nlohmann::json;

std::string result_text(const RunReport& report) {
  std::ostringstream out;
  JsonWriter json(out, kResultDepthInLines);
  write_result(json, report);
  return out.str();
}
std::string result_text(const SampleRun& run) { return result_text(run.report()); }

std::vector<std::string> keys_of(const JsonTree& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// What the schema of the documentation says against it, or empty.
std::string schema_complaints(const std::string& text) {
  const Plain schema_text = Plain::parse(std::ifstream("docs/result.schema.json"));
  valijson::Schema schema;
  const valijson::adapters::NlohmannJsonAdapter schema_adapter(schema_text);
  valijson::SchemaParser().populateSchema(schema_adapter, schema);
  const Plain document = Plain::parse(text);
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(document);
  valijson::Validator().validate(schema, adapter, &results);
  std::string complaints;
  for (const auto& error : results) {
    for (const std::string& step : error.context) complaints += step;
    complaints += ": " + error.description + "\n";
  }
  return complaints;
}

TEST(JsonReport, IsAsApproved) {
  EXPECT_EQ(difference_from_approved(result_text(sample_run()), "result.json"), "");
  EXPECT_EQ(difference_from_approved(result_text(idle_run()), "idle_result.json"), "");
}

TEST(JsonReport, HasTheKeysInTheOrderOfTheContract) {
  const JsonTree result = JsonTree::parse(result_text(sample_run()));
  EXPECT_THAT(keys_of(result),
              ElementsAre("schema", "scenario", "summary", "phases", "expectations", "timeseries",
                          "alarms", "activities", "decisions", "assumptions"));
  EXPECT_THAT(keys_of(result["summary"]),
              ElementsAre("requests", "errors", "latency", "model_latency", "wait",
                          "invocations_per_minute", "concurrency", "instances", "cpu_percent",
                          "cost", "scaling", "reaction", "elasticity", "expectations"));
}

TEST(JsonReport, HasEveryAssumptionAsAScenarioSpellsIt) {
  SampleRun run = idle_run();
  run.scenario.assumptions.metric_delay = std::chrono::minutes{2};
  run.scenario.assumptions.bill_startup = false;
  const JsonTree assumptions = JsonTree::parse(result_text(run))["assumptions"];
  const std::vector<NamedAssumption> all = assumption_list(run.scenario.assumptions);
  ASSERT_EQ(assumptions.size(), all.size());
  for (const NamedAssumption& assumption : all) {
    const JsonTree& value = assumptions.at(std::string(assumption.name));
    EXPECT_EQ(value.is_boolean(), assumption.is_boolean) << assumption.name;
    EXPECT_EQ(value.is_boolean() ? value.dump() : value.get<std::string>(), assumption.value);
  }
  EXPECT_EQ(assumptions["metric_delay"], "2m");
  EXPECT_EQ(assumptions["bill_startup"], false);
}

TEST(JsonReport, FitsItsSchema) {
  EXPECT_EQ(schema_complaints(result_text(sample_run())), "");
  EXPECT_EQ(schema_complaints(result_text(idle_run())), "");
}

TEST(JsonReport, OfAPrecisionFitsItsSchemaAndTellsWhatCannotBeTold) {
  SampleRun run = sample_run();
  ASSERT_FALSE(run.expectations.empty());
  ExpectationResult& open = run.expectations.front();
  open.passed = false;
  open.over_runs = ExpectationResult::OverRuns{15, 7, core::Interval{0.5, 1.5}, false};
  MeanSummary mean;
  mean.run_count = 15;
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    MeanOverRuns one;
    one.mean = 1;
    one.run_count = mean.run_count;
    mean.values.push_back(one);
  }
  PrecisionResult precision;
  precision.asked = 0.02;
  precision.run_count = precision.most_runs = 15;
  precision.look_count = 2;
  precision.confidence = 0.975;
  precision.open = {open.expectation.that};
  mean.precision = precision;
  const std::string text = result_text({run.scenario, run.result, run.expectations, &mean});
  EXPECT_EQ(schema_complaints(text), "");
  const Plain result = Plain::parse(text);
  EXPECT_EQ(result["expectations"][0]["verdict"], "cannot_tell");
  EXPECT_EQ(result["precision"]["reached"], false);
  EXPECT_EQ(result["precision"]["open"][0], open.expectation.that);
  EXPECT_EQ(result["summary"]["expectations"]["passed"].get<int>() +
                result["summary"]["expectations"]["failed"].get<int>(),
            static_cast<int>(run.expectations.size()) - 1);
}

TEST(JsonReport, WithAWrongTypeDoesNotFitItsSchema) {
  std::string text = result_text(idle_run());
  text.replace(text.find("\"seed\": 42"), 10, "\"seed\": \"\"");
  EXPECT_NE(schema_complaints(text), "");
}

TEST(JsonReport, HasTimeSeriesOfEqualLength) {
  const JsonTree result = JsonTree::parse(result_text(sample_run()));
  for (const auto& [key, column] : result["timeseries"].items()) {
    if (key == "period_s") continue;
    EXPECT_EQ(column.size(), 4U) << key;
  }
}

// What `expect:` may name and what the summary holds are written down in two places.
TEST(SummaryJson, HasExactlyTheKeysThatExpectationsMayName) {
  SampleRun run = sample_run();
  run.result.summary.retries.emplace();
  const JsonTree flat = summary_json(run.result.summary, run.scenario).flatten();
  std::set<std::string> written;
  for (const auto& [pointer, value] : flat.items()) {
    std::string path = pointer.substr(1);
    std::replace(path.begin(), path.end(), '/', '.');
    if (!value.is_string()) written.insert(path);
  }
  std::set<std::string> known;
  for (const SummaryKey& key : summary_keys()) {
    if (!key.at_a_time) known.insert(std::string(key.path));
  }
  EXPECT_EQ(written, known);
}

TEST(SummaryJson, FindsAKeyPath) {
  const SampleRun run = sample_run();
  const JsonTree tree = summary_json(run.result.summary, run.scenario);
  EXPECT_EQ(find_key_path(tree, "requests.total")->get<int>(), 12345);
  EXPECT_EQ(find_key_path(tree, "reaction.worst.startup_s")->get<double>(), 67);
  EXPECT_EQ(find_key_path(tree, "latency.p42"), nullptr);
  EXPECT_EQ(find_key_path(tree, "latency.p50.more"), nullptr);
  EXPECT_EQ(find_key_path(tree, "nothing"), nullptr);
}

}  // namespace
}  // namespace sim
