// Tells how many runs a precision took, and what they left open.
#pragma once

#include <string>

#include "sim/observe/precision_result.hpp"
#include "sim/report/json_writer.hpp"

namespace sim {

// "2 %, or decided: reached after 23 runs, looked at 3 times"; else what is open.
std::string precision_text(const PrecisionResult& precision);

// {asked, reached, runs, max_runs, looks, confidence_of_a_look, open: [...]}.
void write_precision(JsonWriter& json, const PrecisionResult& precision);

}  // namespace sim
