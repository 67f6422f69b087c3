#include "sim/scenario/policy_lints.hpp"

#include "sim/scenario/capacity_lints.hpp"
#include "sim/scenario/lint_context.hpp"
#include "sim/scenario/reaction_lints.hpp"
#include "sim/scenario/schedule_lints.hpp"
#include "sim/scenario/step_lints.hpp"
#include "sim/scenario/unit_lints.hpp"

namespace sim {

void lint_policies(const ControlSources& sources, const Scenario& scenario,
                   Diagnostics& diagnostics) {
  const LintContext context = lint_context(sources, scenario, diagnostics);
  lint_units(context);
  lint_steps(context);
  lint_capacities(context);
  lint_reactions(context);
  lint_schedule_zones(context);
}

}  // namespace sim
