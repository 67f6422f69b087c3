#include "sim/report/assumption_list.hpp"

#include <fmt/format.h>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/run_reader.hpp"

namespace sim {

std::vector<NamedAssumption> assumption_list(const Assumptions& a) {
  const std::string range = a.alarm.evaluation_range_extra == 0
                                ? std::string("N")
                                : fmt::format("N+{}", a.alarm.evaluation_range_extra);
  const auto text = [](auto choice) { return std::string(to_string(choice)); };
  return {{"metric_delay", format_duration(a.metric_delay)},
          {"alarm_phase", format_duration(a.alarm_phase)},
          {"evaluation_range", range},
          {"old_breaching_point", text(a.alarm.old_breaching_point)},
          {"target_tracking_points", text(a.scaling.target_tracking_points)},
          {"cooldown_starts", text(a.scaling.cooldown_start)},
          {"zero_traffic", text(a.zero_traffic)},
          {"recommender_spawn", text(a.recommender_spawn)},
          {"recommender_stairs", text(a.recommender_stairs)},
          {"bill_startup", a.bill_startup ? "true" : "false"}};
}

}  // namespace sim
