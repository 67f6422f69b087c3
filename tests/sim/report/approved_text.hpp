// Compares a whole text with the approved one in tests/sim/report/approved. To approve what a
// report writes now, run the test with HEADROOM_APPROVE=1 and read the difference before committing
// it.
#pragma once

#include <string>

namespace sim {

// What differs first, or empty. REQUIRES: the working directory is the repository's root.
std::string difference_from_approved(const std::string& actual, const std::string& file_name);

}  // namespace sim
