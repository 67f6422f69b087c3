#include "sim/scenario/format_version.hpp"

namespace sim {

void check_version(const Section& section) {
  const Node* version = section.require("version", "version: 1");
  if (version == nullptr) return;
  const bool is_one = version->kind == NodeKind::Scalar && !version->quoted && version->text == "1";
  if (is_one) return;
  report_expected(section.diagnostics(), *version, "version 1, the only one there is",
                  "unknown-version");
}

}  // namespace sim
