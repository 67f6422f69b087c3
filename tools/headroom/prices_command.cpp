// Prints the price table: `headroom prices`.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/prices/price_table.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/scenario/diagnostic.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

using sim::InstanceType;
using Rows = std::vector<const InstanceType*>;

std::string price_text(const InstanceType& type) {
  return type.price ? fmt::format("{:.6g}", type.price->usd_per_hour()) : std::string{};
}

std::string accelerator_text(const InstanceType& type) {
  if (type.accelerator.empty()) return {};
  return fmt::format("{} x {}", type.accelerator_count, type.accelerator);
}

void write_table(std::ostream& out, const Rows& rows) {
  std::vector<std::vector<std::string>> cells = {
      {"instance type", "USD/h", "vCPU", "GiB", "accelerator", "as of", "confidence"}};
  for (const InstanceType* type : rows) {
    cells.push_back({type->name, type->price ? price_text(*type) : "unknown",
                     std::to_string(type->vcpus.value), sim::json_number(type->memory_gib),
                     accelerator_text(*type), type->as_of, type->confidence});
  }
  std::vector<std::size_t> widths(cells.front().size());
  for (const auto& row : cells) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], sim::width_of(row[column]));
    }
  }
  for (const auto& row : cells) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const bool is_number = column >= 1 && column <= 3;
      if (column > 0) line += "  ";
      line += is_number ? sim::right_aligned(row[column], widths[column])
                        : sim::padded(row[column], widths[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

void write_json(std::ostream& out, const Rows& rows) {
  sim::JsonWriter json(out, 2);
  json.begin_object();
  json.key("price_table").string(sim::PriceTable::built_in().name());
  json.key("currency").string("USD");
  json.key("prices").begin_array();
  for (const InstanceType* type : rows) {
    json.begin_object();
    json.key("instance_type").string(type->name);
    json.key("region").string(type->region);
    json.key("usd_per_hour");
    json.number(type->price ? std::optional(type->price->usd_per_hour()) : std::nullopt);
    json.key("vcpus").integer(type->vcpus.value);
    json.key("memory_gib").number(type->memory_gib);
    json.key("accelerator").string(type->accelerator);
    json.key("accelerator_count").integer(type->accelerator_count);
    json.key("as_of").string(type->as_of);
    json.key("confidence").string(type->confidence);
    json.key("source").string(type->source);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_csv(std::ostream& out, const Rows& rows) {
  out << "region,instance_type,usd_per_hour,vcpus,memory_gib,accelerator,accelerator_count,as_of,"
         "confidence,source\n";
  for (const InstanceType* type : rows) {
    out << fmt::format("{},{},{},{},{},{},{},{},{},{}\n", type->region, type->name,
                       price_text(*type), type->vcpus.value, sim::json_number(type->memory_gib),
                       sim::csv_field(type->accelerator), type->accelerator_count, type->as_of,
                       type->confidence, sim::csv_field(type->source));
  }
}

void write_markdown(std::ostream& out, const Rows& rows) {
  out << "| instance type | USD/h | vCPU | GiB | accelerator | as of | confidence |\n"
         "| --- | ---: | ---: | ---: | --- | --- | --- |\n";
  for (const InstanceType* type : rows) {
    out << fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", sim::markdown_text(type->name),
                       type->price ? price_text(*type) : "unknown", type->vcpus.value,
                       sim::json_number(type->memory_gib),
                       sim::markdown_text(accelerator_text(*type)), type->as_of, type->confidence);
  }
}

class PricesCommand : public Command {
 public:
  explicit PricesCommand(CLI::App& root)
      : Command(root, "prices", "Print the price table",
                "  headroom prices\n"
                "  headroom prices ml.c5.large ml.g5.xlarge\n"
                "  headroom prices -o csv > prices.csv\n") {
    app().add_option("TYPE", types_, "only these instance types")->type_name("TYPE");
    app().add_option("--region", region_, "of the prices")->type_name("REGION");
    add_common();
  }

  ExitCode run(Console& console) override {
    const sim::PriceTable& table = sim::PriceTable::built_in();
    const std::string& region = table.rows().front().region;
    if (!region_.empty() && region_ != region) {
      console.log().error(
          "no prices for {}: the built-in table has {} alone; a scenario may give "
          "endpoint.price",
          sim::in_quotes(region_), region);
      return ExitCode::BadInput;
    }
    ExitCode code = ExitCode::Ok;
    Rows rows;
    for (const std::string& name : types_) {
      if (const InstanceType* type = table.find(name)) {
        rows.push_back(type);
        continue;
      }
      const std::vector<std::string> closest = table.closest(name);
      const std::vector<std::string_view> candidates(closest.begin(), closest.end());
      console.log().error("the table has no {}{}", sim::in_quotes(name),
                          closest.empty() ? "" : "; close to it: " + sim::one_of(candidates));
      code = ExitCode::BadInput;
    }
    if (types_.empty()) {
      for (const InstanceType& type : table.rows()) rows.push_back(&type);
    }
    write(console, rows);
    return code;
  }

 private:
  static void write(Console& console, const Rows& rows) {
    switch (console.format()) {
      case OutputFormat::Table:
        return write_table(console.out(), rows);
      case OutputFormat::Json:
        return write_json(console.out(), rows);
      case OutputFormat::Csv:
        return write_csv(console.out(), rows);
      case OutputFormat::Markdown:
        return write_markdown(console.out(), rows);
      case OutputFormat::None:
        return;
    }
  }

  std::vector<std::string> types_;
  std::string region_;
};

}  // namespace

std::unique_ptr<Command> make_prices_command(CLI::App& root) {
  return std::make_unique<PricesCommand>(root);
}

}  // namespace headroom
