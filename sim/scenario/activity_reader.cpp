#include "sim/scenario/activity_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "models/traffic/timestamp.hpp"
#include "sim/scenario/json_document.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using models::traffic::parse_timestamp;
using models::traffic::Timestamp;
using models::traffic::TimestampForm;

constexpr std::int64_t kDay = 24 * 3600;  // in seconds
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::string_view kDimension = "sagemaker:variant:DesiredInstanceCount";
constexpr std::string_view kDesired = "Setting desired instance count to ";

//
enum class Status { Successful, Failed, InProgress, Overridden };
constexpr Choice<Status> kStatuses[] = {
    {"Successful", Status::Successful}, {"Failed", Status::Failed},
    {"InProgress", Status::InProgress}, {"Pending", Status::InProgress},
    {"Overridden", Status::Overridden}, {"Unfulfilled", Status::Failed}};

enum class Use { ScaleOut, ScaleIn, Failed, InProgress, Overridden, NotScaled, Other, Unclear };
constexpr std::array<std::string_view, 8> kUses{
    "successful scale-outs", "scale-ins",           "failed",
    "in progress",           "overridden",          "not scaled",
    "of another kind",       "of unknown direction"};

struct Activity {
  std::string resource;
  std::string words;  // Cause and Details
  std::optional<std::int64_t> desired;
  Status status = Status::Successful;
  bool is_not_scaled = false;
  bool is_of_variant = true;
  Timestamp start;
  std::int64_t span_ns = 0;  // of a successful one
};

std::string text_in(const Section& section, std::string_view key) {
  const Node* node = section.find(key);
  return node != nullptr && node->kind == NodeKind::Scalar ? node->text : std::string{};
}

std::optional<Timestamp> time_in(const Section& section, std::string_view key) {
  const Node* node = section.require(key, fmt::format("{}: 2026-01-05T08:00:00+00:00", key));
  if (node == nullptr) return std::nullopt;
  const auto time =
      node->kind == NodeKind::Scalar ? parse_timestamp(node->text) : std::optional<Timestamp>{};
  if (time && time->form != TimestampForm::Local) return time;
  report_expected(section.diagnostics(), *node,
                  "an instant with its offset from UTC, or seconds since 1970", "bad-value");
  return std::nullopt;
}

std::optional<std::int64_t> desired_in(std::string_view description) {
  const std::size_t at = description.find(kDesired);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view digits = description.substr(at + kDesired.size());
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// False after a report.
bool read_span(const Section& section, Activity& activity) {
  const auto end = time_in(section, "EndTime");
  if (!end) return false;
  // Bounded first: what is far apart does not fit in nanoseconds.
  const std::int64_t seconds = std::clamp(end->seconds - activity.start.seconds, -kDay, 2 * kDay);
  activity.span_ns = seconds * kSecond + end->nanoseconds - activity.start.nanoseconds;
  if (activity.span_ns < 0 || activity.span_ns > kDay * kSecond) {
    report_expected(section.diagnostics(), *section.find("EndTime"),
                    "an EndTime within a day after the StartTime", "out-of-range");
    return false;
  }
  return true;
}

std::optional<Activity> read_activity(const Node& node, std::string path,
                                      Diagnostics& diagnostics) {
  const Section section(
      node, std::move(path),
      {"ActivityId", "ServiceNamespace", "ResourceId", "ScalableDimension", "Description", "Cause",
       "StartTime", "EndTime", "StatusCode", "StatusMessage", "Details", "NotScaledReasons"},
      diagnostics, UnknownKeys::Noted);
  if (!section.is_mapping()) return std::nullopt;
  Activity activity;
  activity.resource = text_in(section, "ResourceId");
  activity.words = text_in(section, "Cause") + " " + text_in(section, "Details");
  const std::string description = text_in(section, "Description");
  activity.desired = desired_in(description);
  activity.is_not_scaled =
      !section.list("NotScaledReasons").empty() || description.starts_with("Attempting to scale");
  const std::string dimension = text_in(section, "ScalableDimension");
  activity.is_of_variant = dimension.empty() || dimension == kDimension;
  if (section.require("StatusCode", "StatusCode: Successful") == nullptr) return std::nullopt;
  const auto status = section.choice("StatusCode", kStatuses);
  const auto start = time_in(section, "StartTime");
  if (!status || !start) return std::nullopt;
  activity.status = *status;
  activity.start = *start;
  const bool has_ended = activity.status == Status::Successful && !activity.is_not_scaled;
  if (has_ended && !read_span(section, activity)) return std::nullopt;
  return activity;
}

// The names of a policy's two alarms and R-125's causes; the capacity before, where those are
// silent.
Use direction_of(const Activity& activity, std::optional<std::int64_t> before) {
  const auto says = [&](std::string_view words) {
    return activity.words.find(words) != std::string::npos;
  };
  const bool out = says("AlarmHigh") || says("minimum capacity was set");
  const bool in = says("AlarmLow") || says("maximum capacity was set");
  if (out != in) return out ? Use::ScaleOut : Use::ScaleIn;
  if (!before || *before == *activity.desired) return Use::Unclear;
  return *before < *activity.desired ? Use::ScaleOut : Use::ScaleIn;
}

// `before` is what the resource was asked to have before, and becomes what it is asked to have.
Use use_of(const Activity& activity, std::optional<std::int64_t>& before) {
  if (activity.is_not_scaled) return Use::NotScaled;
  if (!activity.is_of_variant || !activity.desired) return Use::Other;
  if (activity.status == Status::Failed) return Use::Failed;  // rolled back
  const Use direction = direction_of(activity, before);
  before = activity.desired;
  if (activity.status == Status::InProgress) return Use::InProgress;
  return activity.status == Status::Overridden ? Use::Overridden : direction;
}

ActivitySpans spans_of(std::vector<Activity> activities) {
  std::stable_sort(activities.begin(), activities.end(), [](const Activity& a, const Activity& b) {
    return std::tie(a.start.seconds, a.start.nanoseconds) <
           std::tie(b.start.seconds, b.start.nanoseconds);
  });
  ActivitySpans spans;
  std::array<std::size_t, kUses.size()> counts{};
  std::map<std::string, std::optional<std::int64_t>> before;  // by resource
  for (const Activity& activity : activities) {
    const Use use = use_of(activity, before[activity.resource]);
    ++counts[static_cast<std::size_t>(use)];
    if (use == Use::ScaleOut) spans.seconds.push_back(static_cast<double>(activity.span_ns) / 1e9);
  }
  spans.found =
      fmt::format("{} {}", activities.size(), activities.size() == 1 ? "activity" : "activities");
  std::string_view separator = ": ";
  for (std::size_t use = 0; use < counts.size(); ++use) {
    if (counts[use] == 0) continue;
    spans.found += fmt::format("{}{} {}", separator, counts[use], kUses[use]);
    separator = ", ";
  }
  return spans;
}

// The array of activities; null after a report.
const Node* list_in(const Node& root, Diagnostics& diagnostics) {
  const Node* list = root.kind == NodeKind::Mapping ? root.find("ScalingActivities") : &root;
  if (list != nullptr && list->kind == NodeKind::Sequence) return list;
  report_expected(diagnostics, list == nullptr ? root : *list,
                  "the ScalingActivities that describe-scaling-activities prints", "wrong-type");
  return nullptr;
}

}  // namespace

std::optional<ActivitySpans> read_activity_spans(const std::string& file, std::string text,
                                                 Diagnostics& diagnostics) {
  const auto document = parse_json(file, std::move(text), diagnostics);
  if (!document) return std::nullopt;
  const Node* list = list_in(document->root, diagnostics);
  if (list == nullptr) return std::nullopt;
  std::vector<Activity> activities;
  for (const Node& item : list->items) {
    auto activity =
        read_activity(item, fmt::format("ScalingActivities[{}]", activities.size()), diagnostics);
    if (!activity) return std::nullopt;
    activities.push_back(*std::move(activity));
  }
  return spans_of(std::move(activities));
}

}  // namespace sim
