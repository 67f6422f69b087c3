#include "sim/scenario/retries_reader.hpp"

#include "sim/scenario/section.hpp"

namespace sim {
namespace {

// What AWS's SDKs do in their standard mode, but for the quota of retries that each process has
// (AWS SDKs and Tools Reference Guide, "Retry behavior").
constexpr std::int32_t kAttempts = 3;
constexpr core::Duration kBackoff = std::chrono::seconds{1};
// "Full jitter": M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog.
constexpr double kJitter = 1;

constexpr IntegerRange kAttemptsRange{1, 100};
constexpr core::Duration kLongestBackoff = std::chrono::seconds{20};

}  // namespace

std::optional<models::traffic::ClientRetries> read_retries(const Node& node,
                                                           const std::string& path,
                                                           Diagnostics& diagnostics) {
  const Section section(node, path, {"attempts", "backoff", "jitter"}, diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  models::traffic::ClientRetries retries{
      .attempts = kAttempts, .backoff = kBackoff, .jitter = kJitter};
  if (section.has("attempts")) {
    const auto attempts = section.integer("attempts", kAttemptsRange);
    if (!attempts) return std::nullopt;
    retries.attempts = static_cast<std::int32_t>(*attempts);
  }
  if (section.has("backoff")) {
    const auto backoff = section.duration("backoff", Zero::Allowed, kLongestBackoff);
    if (!backoff) return std::nullopt;
    retries.backoff = *backoff;
  }
  if (const Node* given = section.find("jitter")) {
    const auto jitter = section.percent("jitter");
    if (!jitter) return std::nullopt;
    if (*jitter > 1) {
      report_expected(diagnostics, *given, "a share of at most 100%", "out-of-range",
                      "0% waits exactly, 100% is AWS's full jitter");
      return std::nullopt;
    }
    retries.jitter = *jitter;
  }
  return retries;
}

}  // namespace sim
