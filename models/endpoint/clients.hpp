// Keeps who waits for an answer, and when each of them sends next: a user of a closed loop when it
// has the answer and has thought, and any client that asks again after a failure.
//
// A client is a user, who stays, or stands for one open arrival of a stream whose clients ask
// again, and is forgotten when it has its answer or gives up.
//
// Invariants
// 1. A client has at most one request under way.
// 2. A user sends no request at or after the end of its phases, a repeated one neither.
// 3. For one purpose a client sends at most ClientRetries::attempts requests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/event_queue.hpp"
#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "core/winner_tree.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "models/traffic/open_arrivals.hpp"
#include "models/traffic/user_population.hpp"

namespace models::endpoint {

// How the clients of one stream ask again, and what their waits are drawn from.
struct StreamRetries {
  models::traffic::ClientRetries policy;
  core::RandomEngine jitter;
};

class Clients {
 public:
  using Client = std::uint32_t;
  static constexpr Client kNobody = UINT32_MAX;  // waits for the answer to a copy, or asks once

  // user_retries: for each population; open_retries: for each process of the open arrivals. Either
  // is empty when none of its clients asks again.
  Clients(const std::vector<models::traffic::UserPopulation>& populations,
          std::vector<StreamRetries> user_retries, std::vector<StreamRetries> open_retries);

  // Whether of_arrival() needs to know the stream.
  bool distinguish_streams() const { return first_open_stream_ < streams_.size(); }
  // Whoever sends an open arrival of the stream.
  Client of_arrival(models::traffic::StreamIndex stream);

  // The instant of the next request; kIdle of core::WinnerTree when there is none.
  std::int64_t next_send() const { return std::min(users_.smallest(), next_repeat_); }
  struct Send {
    Client client = kNobody;
    bool is_retry = false;
  };
  // Who sends it: of several at one instant those of open streams in the order of their failures,
  // then the lowest user. That client then waits for the answer. REQUIRES: there is one.
  Send take_next();

  // What the answer to a request means for the purpose it served.
  enum class Standing : std::uint8_t { Plain, Recovered, GivenUp };
  // The client's request has ended at `now`; `overhead` later the client knows, and goes on.
  // REQUIRES: client is not kNobody.
  Standing answered(Client client, Outcome outcome, std::int64_t now, std::int64_t overhead);

 private:
  struct Record {
    std::uint32_t stream = 0;
    std::int32_t attempt = 1;              // of the request under way
    std::int64_t think_time = 0;           // of a user
    std::int64_t leaves = 0;               // of a user
    std::uint32_t next_free = UINT32_MAX;  // in the list of forgotten clients
  };
  static constexpr std::uint32_t kNone = UINT32_MAX;

  bool is_user(Client client) const { return client < user_count_; }
  std::int64_t wait_before(std::int32_t attempt, StreamRetries& stream);
  bool send_again(Client client, std::int64_t at);
  void go_on(Client client, Outcome outcome, std::int64_t now, std::int64_t overhead);
  void forget(Client client);

  std::vector<StreamRetries> streams_;  // of the populations, then of the open streams
  std::size_t first_open_stream_ = 0;
  std::size_t user_count_ = 0;
  std::vector<Record> records_;  // the users, then clients of open arrivals
  std::uint32_t first_free_ = kNone;
  core::WinnerTree users_;            // by user: when it sends next
  core::EventQueue<Client> repeats_;  // of open arrivals
  std::int64_t next_repeat_ = core::WinnerTree::kIdle;
};

}  // namespace models::endpoint
