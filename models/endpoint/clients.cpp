#include "models/endpoint/clients.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

// Without it a closed loop with no time to think would ask again in the instant of a refusal, for
// ever.
constexpr std::int64_t kPauseAfterRefusal = 100'000'000;
// A wait doubles no further: "Maximum backoff time: 20 seconds" (AWS SDKs and Tools Reference
// Guide, Retry behavior).
constexpr double kLongestWait = 20e9;

bool was_refused(Outcome outcome) {
  return outcome == Outcome::Rejected || outcome == Outcome::NoCapacity;
}

}  // namespace

Clients::Clients(const std::vector<models::traffic::UserPopulation>& populations,
                 std::vector<StreamRetries> user_retries, std::vector<StreamRetries> open_retries)
    : streams_(std::move(user_retries)), first_open_stream_(streams_.size()) {
  CHECK(streams_.empty() || streams_.size() == populations.size());
  streams_.insert(streams_.end(), open_retries.begin(), open_retries.end());
  for (const auto& population : populations) {
    user_count_ += static_cast<std::size_t>(population.total_users());
  }
  records_.reserve(user_count_);
  users_.resize(user_count_);
  for (std::size_t index = 0; index < populations.size(); ++index) {
    const auto& population = populations[index];
    for (std::int64_t user = 0; user < population.total_users(); ++user) {
      users_.set(records_.size(), core::ticks(population.join_time(user)));
      Record record;
      record.stream = first_open_stream_ == 0 ? kNone : static_cast<std::uint32_t>(index);
      record.think_time = population.think_time().count();
      record.leaves = core::ticks(population.end());
      records_.push_back(record);
    }
  }
}

Clients::Client Clients::of_arrival(models::traffic::StreamIndex stream) {
  const std::size_t index = first_open_stream_ + stream;
  if (streams_[index].policy.attempts <= 1) return kNobody;
  Client client = first_free_;
  if (client == kNone) {
    client = static_cast<Client>(records_.size());
    records_.emplace_back();
  } else {
    first_free_ = records_[client].next_free;
  }
  records_[client] = Record{};
  records_[client].stream = static_cast<std::uint32_t>(index);
  return client;
}

Clients::Send Clients::take_next() {
  if (next_repeat_ <= users_.smallest()) {
    const Client client = repeats_.take().payload;
    next_repeat_ = repeats_.empty() ? core::WinnerTree::kIdle : core::ticks(repeats_.next().at);
    return {client, true};
  }
  const auto user = static_cast<Client>(users_.winner());
  users_.clear(user);
  return {user, records_[user].attempt > 1};
}

Clients::Standing Clients::answered(Client client, Outcome outcome, std::int64_t now,
                                    std::int64_t overhead) {
  Record& record = records_[client];
  const bool asks_again = record.stream != kNone && streams_[record.stream].policy.attempts > 1;
  if (!asks_again) {
    go_on(client, outcome, now, overhead);
    return Standing::Plain;
  }
  StreamRetries& stream = streams_[record.stream];
  if (outcome != Outcome::Succeeded && record.attempt < stream.policy.attempts) {
    ++record.attempt;
    const std::int64_t wait = wait_before(record.attempt, stream);
    if (send_again(client, now + overhead + wait)) return Standing::Plain;
  }
  const bool first = record.attempt == 1;
  go_on(client, outcome, now, overhead);
  if (outcome != Outcome::Succeeded) return Standing::GivenUp;
  return first ? Standing::Plain : Standing::Recovered;
}

// "Full jitter" draws from all of the wait, and less jitter from the last part of it: M. Brooker,
// "Exponential Backoff And Jitter", AWS Architecture Blog.
std::int64_t Clients::wait_before(std::int32_t attempt, StreamRetries& stream) {
  const auto backoff = static_cast<double>(stream.policy.backoff.count());
  const double wait = std::min(std::ldexp(backoff, attempt - 2), kLongestWait);
  if (stream.policy.jitter <= 0) return core::nearest_tick(wait);
  const double drawn = stream.jitter.unit_interval();
  return core::nearest_tick(wait * (1 - stream.policy.jitter * drawn));
}

// Not when the user has left by then.
bool Clients::send_again(Client client, std::int64_t at) {
  if (is_user(client)) {
    if (at >= records_[client].leaves) return false;
    users_.set(client, at);
    return true;
  }
  repeats_.schedule(core::at_ticks(at), 0, client);
  next_repeat_ = core::ticks(repeats_.next().at);
  return true;
}

void Clients::go_on(Client client, Outcome outcome, std::int64_t now, std::int64_t overhead) {
  if (!is_user(client)) return forget(client);
  Record& record = records_[client];
  record.attempt = 1;
  const std::int64_t pause = overhead + record.think_time;
  const std::int64_t next =
      now + (was_refused(outcome) ? std::max(pause, kPauseAfterRefusal) : pause);
  if (next < record.leaves) users_.set(client, next);
}

void Clients::forget(Client client) {
  records_[client].next_free = first_free_;
  first_free_ = client;
}

}  // namespace models::endpoint
