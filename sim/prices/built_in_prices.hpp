// Names the text of prices.csv, which the build copies into the program.
#pragma once

#include <string_view>

namespace sim {

extern const std::string_view kBuiltInPricesCsv;

}  // namespace sim
