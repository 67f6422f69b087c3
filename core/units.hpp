// Gives the quantities that people confuse a type each, and the only conversions between them.
//
// A bare double converts to none of these. Arithmetic exists only where it means something:
// a rate times a span is a count, a utilization times vCPUs is a published CPU percentage.
#pragma once

#include <compare>
#include <cstdint>

#include "core/sim_time.hpp"

namespace core {

// Requests in a unit of time. AWS counts InvocationsPerInstance per minute and load tests count per
// second: the factor of sixty lives in these four functions and nowhere else.
class RequestRate {
 public:
  constexpr RequestRate() = default;
  static constexpr RequestRate per_second(double value) { return RequestRate{value}; }
  static constexpr RequestRate per_minute(double value) { return RequestRate{value / 60.0}; }
  constexpr double per_second() const { return per_second_; }
  constexpr double per_minute() const { return per_second_ * 60.0; }
  constexpr auto operator<=>(const RequestRate&) const = default;

  friend constexpr RequestRate operator+(RequestRate a, RequestRate b) {
    return RequestRate{a.per_second_ + b.per_second_};
  }
  friend constexpr RequestRate operator*(RequestRate rate, double factor) {
    return RequestRate{rate.per_second_ * factor};
  }
  // The expected number of requests in a span.
  friend constexpr double operator*(RequestRate rate, Duration span) {
    return rate.per_second_ * in_seconds(span);
  }

 private:
  explicit constexpr RequestRate(double value) : per_second_(value) {}
  double per_second_ = 0;
};

// Share of one instance's processors in use, 0 to 1.
struct Utilization {
  double fraction = 0;
  constexpr auto operator<=>(const Utilization&) const = default;
};

struct VcpuCount {
  std::int32_t value = 1;
  constexpr auto operator<=>(const VcpuCount&) const = default;
};

// CPUUtilization as SageMaker publishes it: summed over the vCPUs, 0 to 100 x vCPUs.
struct CpuPercent {
  double percent = 0;
  constexpr auto operator<=>(const CpuPercent&) const = default;
};

constexpr CpuPercent to_cpu_percent(Utilization utilization, VcpuCount vcpus) {
  return {utilization.fraction * 100.0 * vcpus.value};
}
constexpr Utilization to_utilization(CpuPercent cpu, VcpuCount vcpus) {
  return {cpu.percent / (100.0 * vcpus.value)};
}

struct InstanceCount {
  std::int32_t value = 0;
  constexpr auto operator<=>(const InstanceCount&) const = default;
};

// US dollars, and dollars for an hour of one instance.
struct Money {
  double usd = 0;
  constexpr auto operator<=>(const Money&) const = default;
};

class HourlyPrice {
 public:
  constexpr HourlyPrice() = default;
  static constexpr HourlyPrice usd_per_hour(double value) { return HourlyPrice{value}; }
  constexpr double usd_per_hour() const { return usd_per_hour_; }
  constexpr auto operator<=>(const HourlyPrice&) const = default;

  friend constexpr Money operator*(HourlyPrice price, Duration span) {
    return {price.usd_per_hour_ * in_seconds(span) / 3600.0};
  }

 private:
  explicit constexpr HourlyPrice(double value) : usd_per_hour_(value) {}
  double usd_per_hour_ = 0;
};

}  // namespace core
