#include "models/endpoint/request_ledger.hpp"

#include <gtest/gtest.h>

#include "core/random_streams.hpp"
#include "tests/support/plane_case.hpp"

namespace models::endpoint {
namespace {

using tests::same_account;
using namespace std::chrono_literals;

SimTime at(core::Duration since_start) { return core::kStart + since_start; }
std::int64_t ticks(core::Duration since_start) { return since_start.count(); }

RequestLedger ledger_of(std::vector<SimTime> cuts = {}) {
  RequestLedger ledger({.cuts = std::move(cuts)}, 60s);
  ledger.add_slot(0);
  ledger.add_slot(1);
  return ledger;
}

TEST(RequestLedger, StretchesEndAtEveryMinuteAndAtEveryCut) {
  RequestLedger ledger = ledger_of({at(150s), at(0s), at(90s), at(90s), at(60s), at(400s)});
  SimTime from = core::kStart;
  for (const core::Duration end : {60s, 90s, 120s, 150s, 180s, 240s}) {
    EXPECT_EQ(ledger.current_end(), at(end));
    const RequestTally& tally = ledger.close(at(end));
    EXPECT_EQ(tally.from, from);
    EXPECT_EQ(tally.to, at(end));
    from = at(end);
  }
}

TEST(RequestLedger, StretchesEndAtRegularPartsOfAMinuteWhenAsked) {
  RequestLedger ledger({.every = 10s, .cuts = {at(20s), at(25s), at(60s)}}, 60s);
  ledger.add_slot(0);
  ledger.arrived(ticks(10s) - 1);
  ledger.arrived(ticks(10s) - 1);
  ledger.served(0, ticks(10s) - 1, 0, ticks(20s) - 1, Outcome::Succeeded);
  ledger.served(0, ticks(10s) - 1, 0, ticks(25s), Outcome::Succeeded);
  SimTime from = core::kStart;
  for (const core::Duration end : {10s, 20s, 25s, 30s, 40s, 50s, 60s, 70s}) {
    EXPECT_EQ(ledger.current_end(), at(end));
    const RequestTally& tally = ledger.close(at(end));
    EXPECT_EQ(tally.from, from);
    EXPECT_EQ(&tally, &ledger.closed());
    EXPECT_EQ(tally.invocations, end == 10s ? 2 : 0);
    EXPECT_EQ(tally.count(Outcome::Succeeded), end == 20s || end == 30s ? 1 : 0);
    from = at(end);
  }
}

TEST(RequestLedger, BooksArrivalsAndEndsEachInTheirOwnStretch) {
  RequestLedger ledger = ledger_of();
  ledger.arrived(ticks(1s));
  ledger.arrived(ticks(59s));
  EXPECT_EQ(ledger.current_invocations(), 2);
  ledger.served(0, ticks(1s), ticks(1s), ticks(3s), Outcome::Succeeded);
  ledger.served(1, ticks(59s), ticks(2s), ticks(60s + 5s), Outcome::TimedOut);  // booked ahead
  const RequestTally first = ledger.close(at(60s));
  EXPECT_EQ(first.invocations, 2);
  EXPECT_EQ(first.count(Outcome::Succeeded), 1);
  EXPECT_EQ(first.failed(), 0);
  EXPECT_EQ(first.use.at(0).served, 1);
  EXPECT_EQ(first.use.at(1).served, 0);
  EXPECT_EQ(first.model_latency.maximum(), 2s);
  EXPECT_EQ(ledger.current_invocations(), 0);
  const RequestTally second = ledger.close(at(120s));
  EXPECT_EQ(second.invocations, 0);
  EXPECT_EQ(second.count(Outcome::TimedOut), 1);
  EXPECT_EQ(second.failed(), 1);
  EXPECT_EQ(second.use.at(1).served, 1);
  EXPECT_EQ(second.model_latency.maximum(), 6s);
  EXPECT_EQ(second.wait.maximum(), 2s);
}

TEST(RequestLedger, EndAtTheEndOfAStretchBelongsToTheNext) {
  RequestLedger ledger = ledger_of();
  for (int i = 0; i < 2; ++i) ledger.arrived(ticks(1s));
  ledger.served(0, ticks(1s), 0, ticks(60s), Outcome::Succeeded);
  ledger.served(0, ticks(1s), 0, ticks(60s) - 1, Outcome::Succeeded);
  EXPECT_EQ(ledger.close(at(60s)).count(Outcome::Succeeded), 1);
  EXPECT_EQ(ledger.close(at(120s)).count(Outcome::Succeeded), 1);
}

TEST(RequestLedger, BooksAsFarAheadAsARequestCanLast) {
  RequestLedger ledger = ledger_of({at(65s), at(70s)});
  ledger.arrived(ticks(60s) - 1);
  ledger.gave_up(ticks(60s) - 1, ticks(120s) - 1);
  for (const core::Duration end : {60s, 65s, 70s}) {
    EXPECT_EQ(ledger.close(at(end)).failed(), 0);
  }
  const RequestTally last = ledger.close(at(120s));
  EXPECT_EQ(last.count(Outcome::TimedOut), 1);
  EXPECT_EQ(last.model_latency.maximum(), 60s);
  EXPECT_EQ(last.wait.maximum(), 60s);
  EXPECT_EQ(last.concurrency.minimum, 1);
}

TEST(RequestLedger, RefusedAndInterruptedRequestsHaveNoLatency) {
  RequestLedger ledger = ledger_of();
  ledger.refused(Outcome::Rejected);
  ledger.refused(Outcome::NoCapacity);
  ledger.arrived(ticks(1s));
  ledger.interrupted(ticks(1s), ticks(5s));
  const RequestTally tally = ledger.close(at(60s));
  EXPECT_EQ(tally.invocations, 3);
  EXPECT_EQ(tally.failed(), 3);
  EXPECT_EQ(tally.count(Outcome::Rejected), 1);
  EXPECT_EQ(tally.count(Outcome::NoCapacity), 1);
  EXPECT_EQ(tally.count(Outcome::Interrupted), 1);
  EXPECT_EQ(tally.interrupted_ticks, ticks(4s));
  EXPECT_EQ(tally.model_latency.count(), 0);
  EXPECT_EQ(tally.wait.count(), 0);
  EXPECT_EQ(tally.concurrency.maximum, 1);
}

TEST(RequestLedger, BatchIsBookedAsOneByOne) {
  core::RandomEngine engine(2);
  RequestLedger one_by_one = ledger_of();
  RequestLedger at_once = ledger_of();
  for (int minute = 0; minute < 3; ++minute) {
    std::vector<std::int64_t> arrivals;
    std::vector<std::int64_t> waits;
    std::vector<std::int64_t> latencies;
    for (int i = 0; i < 500; ++i) {
      const InstanceSlot slot = engine.below(2);
      ++at_once.use()[slot].served;
      arrivals.push_back(ticks(60s * minute) + engine.below(4'000'000'000U) * std::int64_t{10});
      waits.push_back(engine.below(1'000'000'000));
      latencies.push_back(waits.back() + 1 + engine.below(3'000'000'000U));
      one_by_one.arrived(arrivals.back());
      one_by_one.served(slot, arrivals.back(), waits.back(), arrivals.back() + latencies.back(),
                        Outcome::Succeeded);
    }
    at_once.served_at_once({arrivals, waits, latencies});
    EXPECT_EQ(at_once.current_invocations(), 500);
    one_by_one.busy(1, 77);
    at_once.busy(1, 77);
    const SimTime end = at(60s * (minute + 1));
    EXPECT_TRUE(same_account(one_by_one.close(end), at_once.close(end)));
  }
}

TEST(RequestLedger, NewSlotHasRoomInEveryStretch) {
  RequestLedger ledger = ledger_of();
  ledger.arrived(ticks(59s));
  ledger.served(0, ticks(59s), 0, ticks(61s), Outcome::Succeeded);  // opens the next stretch
  ledger.add_slot(5);
  ledger.busy(5, 1);
  ledger.arrived(ticks(59s));
  ledger.served(5, ticks(59s), 0, ticks(62s), Outcome::Succeeded);
  EXPECT_EQ(ledger.close(at(60s)).use.at(5).busy_ticks, 1);
  EXPECT_EQ(ledger.close(at(120s)).use.at(5).served, 1);
  EXPECT_EQ(ledger.close(at(180s)).use.size(), 6U);
}

TEST(RequestTally, MergesEverythingButTimesAndUse) {
  RequestLedger ledger = ledger_of();
  ledger.arrived(ticks(1s));
  ledger.served(0, ticks(1s), ticks(1s), ticks(3s), Outcome::TimedOut);
  ledger.refused(Outcome::Rejected);
  const RequestTally first = ledger.close(at(60s));
  ledger.arrived(ticks(61s));
  ledger.interrupted(ticks(61s), ticks(64s));
  ledger.arrived(ticks(61s));
  ledger.served(0, ticks(61s), 0, ticks(62s), Outcome::Succeeded);
  RequestTally merged = first;
  merged.merge(ledger.close(at(120s)));
  EXPECT_EQ(merged.from, first.from);
  EXPECT_EQ(merged.to, first.to);
  EXPECT_EQ(merged.invocations, 4);
  EXPECT_EQ(merged.failed(), 3);
  EXPECT_EQ(merged.count(Outcome::Succeeded), 1);
  EXPECT_EQ(merged.model_latency.count(), 2);
  EXPECT_EQ(merged.wait.maximum(), 1s);
  EXPECT_EQ(merged.interrupted_ticks, ticks(3s));
  EXPECT_EQ(merged.concurrency.maximum, 2);
  EXPECT_EQ(merged.use.at(0).served, 1);
  merged.clear();
  merged.from = merged.to = core::kStart;
  EXPECT_TRUE(same_account(merged, RequestTally{}));
}

TEST(RequestLedgerDeathTest, RefusesStretchesThatDoNotFillAMinute) {
  for (const core::Duration every : {0s, 7s, 120s}) {
    EXPECT_DEATH(RequestLedger({.every = every, .cuts = {}}, 60s), "every_");
  }
}

TEST(RequestLedgerDeathTest, RefusesToCloseAnythingButAWholeStretch) {
  RequestLedger ledger = ledger_of();
  EXPECT_DEATH(ledger.close(at(59s)), "current_end_");
  EXPECT_DEATH(ledger.close(at(61s)), "current_end_");
}

}  // namespace
}  // namespace models::endpoint
