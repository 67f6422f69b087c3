// Chooses the minutes that a page draws: all of a day, and of a longer run those that hold the
// extremes of what is drawn, so that no peak and no dip is lost.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "sim/observe/run_result.hpp"
#include "sim/report/json_writer.hpp"

namespace sim {

// A page with more points than pixels shows nothing more: two days fit in whole.
inline constexpr std::size_t kMostPageRows = 2880;

// Of `count` points those to draw, in their order: all up to `most`, else of each of equal
// stretches those with the least and the most of every number. Never more than `most`.
using NumberAt = std::function<double(std::size_t)>;
std::vector<std::size_t> page_rows(std::size_t count, std::span<const NumberAt> numbers,
                                   std::size_t most = kMostPageRows);

// An object of columns: `total` minutes of which those of `start_s` are here, `end_s` of the last,
// and the numbers under the names of the result's time series. Of what never happened no column.
void write_page_rows(JsonWriter& json, const std::vector<MinuteRecord>& minutes,
                     std::size_t most = kMostPageRows);

}  // namespace sim
