// Tells what an hour of a SageMaker hosting instance costs, and how many processors and how much
// memory it has.
//
// SageMaker hosting has prices of its own, 15 to 40 % above those of the EC2 instance of the same
// name: an EC2 price must never be filled in. A type whose hosting price no source gives has none
// here either. Where the prices come from: docs/prices.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/units.hpp"

namespace sim {

struct InstanceType {
  std::string name;  // as AWS spells it: ml.c5.large
  core::VcpuCount vcpus;
  double memory_gib = 0;
  std::string accelerator;  // empty if there is none
  int accelerator_count = 0;
  std::optional<core::HourlyPrice> price;  // on demand, real-time hosting; none if unknown
  std::string as_of;                       // YYYY, YYYY-MM or YYYY-MM-DD
  std::string source;
  std::string confidence;  // high, medium, low; unknown if there is no price
  std::string region;
};

// Invariants:
//   1. There is at least one row, and every row has the same region.
//   2. No two rows have the same name.
//   3. A row has a price exactly if its confidence is not "unknown", and a positive one.
class PriceTable {
 public:
  // The table of sim/prices/prices.csv.
  static const PriceTable& built_in();

  // Reads a table with the columns and the order of the built-in one, comma-separated and quoted as
  // in RFC 4180. The error names the line.
  static std::optional<PriceTable> parse(std::string_view csv, std::string& error);

  // Region and month of the newest row, as reports print it: "us-east-1 2026-11".
  std::string name() const;

  // Null if the table does not have the type.
  const InstanceType* find(std::string_view instance_type) const;

  std::span<const InstanceType> rows() const { return rows_; }

  // Up to three types of similar spelling, the most similar first.
  std::vector<std::string> closest(std::string_view instance_type) const;

 private:
  PriceTable() = default;
  std::vector<InstanceType> rows_;
};

// Burstable types (ml.t2.*, ml.t3.*, ...) can serve, but SageMaker does not scale them.
bool is_burstable(std::string_view instance_type);

}  // namespace sim
