#include "sim/report/timeseries_columns.hpp"

#include <cstdint>
#include <optional>

#include "sim/report/json_writer.hpp"

namespace sim {
namespace {

std::string text_of(std::int64_t value) { return std::to_string(value); }
std::string text_of(std::int32_t value) { return std::to_string(value); }
std::string text_of(double value) { return json_number(value); }
std::string text_of(const std::optional<double>& value) {
  return value ? json_number(*value) : std::string{};
}
std::string text_of(SimTime value) { return json_number(core::in_seconds(value)); }

template <auto member>
std::string text_of_member(const MinuteRecord& minute) {
  return text_of(minute.*member);
}

using M = MinuteRecord;
constexpr TimeseriesColumn kColumns[] = {
    {"start_s", "start_s", text_of_member<&M::start>},
    {"invocations", "invocations", text_of_member<&M::invocations>},
    {"invocations_per_instance", "invocations_per_instance",
     text_of_member<&M::invocations_per_instance>},
    {"errors", "errors", text_of_member<&M::errors>},
    {"latency_p50", "latency_p50_s", text_of_member<&M::latency_p50>},
    {"latency_p95", "latency_p95_s", text_of_member<&M::latency_p95>},
    {"latency_p99", "latency_p99_s", text_of_member<&M::latency_p99>},
    {"cpu_percent", "cpu_percent", text_of_member<&M::cpu_percent>},
    {"in_service", "in_service", text_of_member<&M::in_service>},
    {"starting", "starting", text_of_member<&M::starting>},
    {"desired", "desired", text_of_member<&M::desired>},
    {"min_capacity", "min_capacity", text_of_member<&M::min_capacity>},
    {"max_capacity", "max_capacity", text_of_member<&M::max_capacity>},
    {"offered_rate", "offered_rate_per_s", text_of_member<&M::offered_rate>},
    {"capacity_rate", "capacity_rate_per_s", text_of_member<&M::capacity_rate>},
    {"concurrency_max", "concurrency_max", text_of_member<&M::concurrency_max>},
};

}  // namespace

std::span<const TimeseriesColumn> timeseries_columns() { return kColumns; }

}  // namespace sim
