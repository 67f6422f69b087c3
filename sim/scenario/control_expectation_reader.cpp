#include "sim/scenario/control_expectation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/scenario/capacity_reader.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using models::autoscaling::Blocker;
using models::autoscaling::DecisionKind;
using models::cloudwatch::AlarmState;

constexpr Choice<AlarmState> kStates[] = {{"OK", AlarmState::Ok},
                                          {"ALARM", AlarmState::Alarm},
                                          {"INSUFFICIENT_DATA", AlarmState::InsufficientData}};
constexpr Choice<DecisionKind> kKinds[] = {{"no_change", DecisionKind::NoChange},
                                           {"scale_out", DecisionKind::ScaleOut},
                                           {"scale_in", DecisionKind::ScaleIn}};
constexpr std::array kBlockers{Blocker::ZeroCapacity,
                               Blocker::NoDatapoints,
                               Blocker::UncoveredValue,
                               Blocker::AlreadyAtDesiredCapacity,
                               Blocker::AnticipatedFlapping,
                               Blocker::Suspended,
                               Blocker::MaxCapacity,
                               Blocker::MinCapacity,
                               Blocker::Cooldown,
                               Blocker::OtherPolicies,
                               Blocker::LargerCapacity,
                               Blocker::ActivityInProgress,
                               Blocker::ActionNotDue};
constexpr std::string_view kNoBlocker = "nothing";

std::string_view name_of_blocker(const std::optional<Blocker>& blocker) {
  return blocker ? to_string(*blocker) : kNoBlocker;
}

// What an entry is about, and the keys that say what is claimed of it.
struct Subject {
  std::string_view key;
  std::vector<std::string_view> claims;
};
const std::vector<Subject>& subjects() {
  static const std::vector<Subject> kSubjects{
      {"alarm", {"state"}}, {"capacity", {}},
      {"desired", {}},      {"min_capacity", {}},
      {"max_capacity", {}}, {"decision", {"kind", "wanted", "to", "blocked_by"}}};
  return kSubjects;
}
constexpr std::string_view kSubjectNames =
    "alarm, capacity, desired, min_capacity, max_capacity or decision";

constexpr Choice<ControlCount> kCounts[] = {{"capacity", ControlCount::InService},
                                            {"desired", ControlCount::Desired},
                                            {"min_capacity", ControlCount::MinCapacity},
                                            {"max_capacity", ControlCount::MaxCapacity}};

std::vector<std::string_view> all_keys() {
  std::vector<std::string_view> keys{"at"};
  for (const Subject& subject : subjects()) keys.push_back(subject.key);
  for (const Subject& subject : subjects()) {
    keys.insert(keys.end(), subject.claims.begin(), subject.claims.end());
  }
  keys.push_back("because");
  return keys;
}

class EntryReader {
 public:
  EntryReader(const Node& node, const std::string& path, const ControlNames* names,
              Diagnostics& diagnostics)
      : section_(node, path, all_keys(), diagnostics), names_(names), diagnostics_(diagnostics) {}

  std::optional<ControlExpectationDraft> read() {
    if (!section_.is_mapping()) return std::nullopt;
    ControlExpectationDraft draft;
    ControlExpectation& expectation = draft.expectation;
    expectation.place = to_source_place(section_.node().place);
    expectation.because = section_.text("because");
    const Node* at = section_.require("at", "at: 9m");
    const auto time = section_.duration("at", Zero::Allowed, kLongestRun);
    if (at != nullptr) draft.at_place = at->place;
    const Subject* subject = find_subject();
    if (subject == nullptr || !has_no_stray_claims(*subject)) return std::nullopt;
    if (!read_claim(*subject, expectation) || !time) return std::nullopt;
    expectation.at = *time;
    expectation.that += " at " + format_duration(*time);
    return draft;
  }

 private:
  const Subject* find_subject() {
    const Subject* found = nullptr;
    for (const Subject& subject : subjects()) {
      if (!section_.has(subject.key)) continue;
      if (found != nullptr) {
        report(diagnostics_, Severity::Error, section_.key_place(subject.key), "two-subjects",
               fmt::format("expected one of {} in an entry, found {} and {}", kSubjectNames,
                           found->key, subject.key),
               "write an entry for each");
        return nullptr;
      }
      found = &subject;
    }
    const std::vector<std::string_view> keys = all_keys();
    const bool has_unknown = std::any_of(
        section_.node().entries.begin(), section_.node().entries.end(), [&](const Entry& entry) {
          return std::find(keys.begin(), keys.end(), entry.key) == keys.end();
        });
    if (found == nullptr && !has_unknown) {
      report(diagnostics_, Severity::Error, section_.node().place, "missing-key",
             fmt::format("expected one of {}, found none", kSubjectNames),
             "for example {at: 9m, capacity: 2}");
    }
    return found;
  }

  // `state` says something of an alarm, and of nothing else.
  bool has_no_stray_claims(const Subject& subject) {
    bool has_none = true;
    for (const Subject& other : subjects()) {
      if (other.key == subject.key) continue;
      for (const std::string_view claim : other.claims) {
        if (!section_.has(claim)) continue;
        report(diagnostics_, Severity::Error, section_.key_place(claim), "stray-key",
               fmt::format("expected '{}' with '{}', found it with '{}'", claim, other.key,
                           subject.key));
        has_none = false;
      }
    }
    return has_none;
  }

  bool read_claim(const Subject& subject, ControlExpectation& expectation) {
    if (subject.key == "alarm") return read_alarm(expectation);
    if (subject.key == "decision") return read_decision(expectation);
    return read_count(subject.key, expectation);
  }

  bool read_alarm(ControlExpectation& expectation) {
    const auto name = section_.text("alarm");
    static_cast<void>(section_.require("state", "state: ALARM"));
    const auto state = section_.choice("state", kStates);
    if (!name) return false;
    AlarmClaim claim{*name, state.value_or(AlarmState::Ok)};
    if (names_ != nullptr) {
      const ListedAlarm* alarm = find_alarm(names_->alarms, *name);
      if (alarm == nullptr) {
        report_unknown_alarm(*name);
        return false;
      }
      claim.alarm = alarm->configuration.name;
    }
    expectation.expected = to_string(claim.state);
    expectation.that = fmt::format("alarm \"{}\" == {}", *name, expectation.expected);
    expectation.claim = std::move(claim);
    return state.has_value();
  }

  void report_unknown_alarm(const std::string& name) {
    std::vector<std::string_view> known;
    for (const ListedAlarm& alarm : names_->alarms) known.push_back(alarm.name);
    std::vector<std::string_view> candidates = known;
    for (const std::string_view side : {"AlarmHigh", "AlarmLow"}) {
      if (find_alarm(names_->alarms, side) != nullptr) candidates.push_back(side);
    }
    std::string hint = did_you_mean(name, candidates);
    if (hint.empty()) {
      hint = known.empty() ? "the scaling has no alarm"
                           : fmt::format("the alarms are {}", one_of(known));
    }
    report(diagnostics_, Severity::Error, section_.find("alarm")->place, "unknown-alarm",
           fmt::format("expected the name of an alarm, found {}", in_quotes(name)),
           std::move(hint));
  }

  bool read_count(std::string_view key, ControlExpectation& expectation) {
    const auto value = section_.integer(key, {0, kMostInstances});
    if (!value) return false;
    CountClaim claim;
    for (const auto& choice : kCounts) {
      if (choice.name == key) claim.count = choice.value;
    }
    claim.value = static_cast<std::int32_t>(*value);
    expectation.expected = std::to_string(*value);
    expectation.that = fmt::format("{} == {}", key, *value);
    expectation.claim = claim;
    return true;
  }

  std::optional<std::int32_t> instances(std::string_view key) const {
    const auto value = section_.integer(key, {0, kMostInstances});
    return value ? std::optional(static_cast<std::int32_t>(*value)) : std::nullopt;
  }

  std::optional<std::optional<Blocker>> blocker() const {
    const Node* node = section_.find("blocked_by");
    if (node == nullptr) return std::nullopt;
    std::vector<std::string_view> names{kNoBlocker};
    for (const Blocker known : kBlockers) names.push_back(to_string(known));
    const auto chosen = choice_index_of(*node, diagnostics_, names);
    if (!chosen) return std::nullopt;
    return *chosen == 0 ? std::optional<Blocker>{} : kBlockers[*chosen - 1];
  }

  bool read_decision(ControlExpectation& expectation) {
    const auto policy = section_.text("decision");
    DecisionClaim claim;
    claim.kind = section_.choice("kind", kKinds);
    claim.wanted = instances("wanted");
    claim.to = instances("to");
    claim.blocked_by = blocker();
    if (!policy || !is_known_policy(*policy)) return false;
    claim.policy = *policy;
    const bool claims_something = section_.has("kind") || section_.has("wanted") ||
                                  section_.has("to") || section_.has("blocked_by");
    if (!claims_something) {
      report(diagnostics_, Severity::Error, section_.node().place, "missing-key",
             "expected one or more of kind, wanted, to and blocked_by with a decision, found none",
             "for example {at: 9m, decision: invocations, kind: scale_out, to: 2}");
      return false;
    }
    expectation.expected = claim_text(claim);
    expectation.that = fmt::format("decision of \"{}\" == {}", *policy, expectation.expected);
    expectation.claim = std::move(claim);
    return true;
  }

  bool is_known_policy(const std::string& name) {
    if (names_ == nullptr) return true;
    const auto& policies = names_->policies;
    if (std::find(policies.begin(), policies.end(), name) != policies.end()) return true;
    const std::vector<std::string_view> known(policies.begin(), policies.end());
    std::string hint = did_you_mean(name, known);
    if (hint.empty()) {
      hint = known.empty() ? "the scaling has no policy"
                           : fmt::format("the policies are {}", one_of(known));
    }
    report(diagnostics_, Severity::Error, section_.find("decision")->place, "unknown-policy",
           fmt::format("expected the PolicyName of a policy, found {}", in_quotes(name)),
           std::move(hint));
    return false;
  }

  Section section_;
  const ControlNames* names_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<ControlExpectationDraft> read_control_expectations(const Node& list,
                                                               const std::string& path,
                                                               const ControlNames* names,
                                                               Diagnostics& diagnostics) {
  std::vector<ControlExpectationDraft> drafts;
  if (list.kind != NodeKind::Sequence) {
    report_expected(diagnostics, list, "expect as a list such as [{at: 9m, capacity: 2}]",
                    "wrong-type");
  } else if (list.items.empty()) {
    report(diagnostics, Severity::Error, list.place, "nothing-expected",
           "expected at least one entry in expect, found an empty list",
           "a test that expects nothing cannot fail");
  }
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    EntryReader reader(list.items[index], fmt::format("{}[{}]", path, index), names, diagnostics);
    if (auto draft = reader.read()) drafts.push_back(std::move(*draft));
  }
  return drafts;
}

std::string claim_text(const DecisionClaim& claim) {
  std::vector<std::string> parts;
  if (claim.kind) parts.emplace_back(name_of(*claim.kind, kKinds));
  if (claim.wanted) parts.push_back(fmt::format("wanted {}", *claim.wanted));
  if (claim.to) parts.push_back(fmt::format("to {}", *claim.to));
  if (claim.blocked_by) {
    parts.push_back(fmt::format("blocked by {}", name_of_blocker(*claim.blocked_by)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace sim
