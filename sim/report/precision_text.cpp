#include "sim/report/precision_text.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "sim/report/humane_text.hpp"

namespace sim {

std::string precision_text(const PrecisionResult& precision) {
  const std::string runs = counted(static_cast<std::int64_t>(precision.run_count), "run", "runs");
  const std::string asked = humane_share(precision.asked) + ", or decided: ";
  if (precision.is_reached()) {
    return asked +
           fmt::format("reached after {}, looked at {}", runs,
                       counted(static_cast<std::int64_t>(precision.look_count), "time", "times"));
  }
  std::string open;
  for (const std::string& each : precision.open)
    open += (open.empty() ? "" : ", ") + one_line(each);
  return asked + fmt::format("not reached within {} (--max-runs) for {}", runs, open);
}

void write_precision(JsonWriter& json, const PrecisionResult& precision) {
  json.begin_object();
  json.key("asked").number(precision.asked);
  json.key("reached").boolean(precision.is_reached());
  json.key("runs").integer(static_cast<std::int64_t>(precision.run_count));
  json.key("max_runs").integer(static_cast<std::int64_t>(precision.most_runs));
  json.key("looks").integer(static_cast<std::int64_t>(precision.look_count));
  json.key("confidence_of_a_look").number(precision.confidence);
  json.key("open").begin_array();
  for (const std::string& each : precision.open) json.string(each);
  json.end_array();
  json.end_object();
}

}  // namespace sim
