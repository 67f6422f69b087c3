// Does independent pieces of work on several threads and hands the results over in their order, so
// that the number of threads never shows in what is printed.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace sim {

// How many threads `--threads N` is; 0, unless it is given, is as many as the machine has.
inline std::size_t thread_count(std::size_t asked) {
  return asked > 0 ? asked : std::thread::hardware_concurrency();
}

// Invariants
// 1. Each piece is produced once, and none is more than `lead` ahead of the one handed over last:
//    results do not pile up with the number of pieces.
// 2. The destructor waits for the pieces that have begun, and begins no other.
template <class Produce>
class OrderedWork {
 public:
  using Result = decltype(std::declval<Produce&>()(std::size_t{0}));

  // REQUIRES: lead >= threads.
  OrderedWork(std::size_t count, std::size_t threads, std::size_t lead, Produce& produce)
      : lead_(lead), produce_(produce), pieces_(count) {
    for (std::size_t index = 0; index < std::min(threads, count); ++index) {
      workers_.emplace_back([this] { work(); });
    }
  }
  ~OrderedWork() {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  // What the next piece in order gave; throws what it threw. REQUIRES: there is one.
  Result take() {
    std::unique_lock lock(mutex_);
    Piece& piece = pieces_[taken_];
    changed_.wait(lock, [&piece] { return piece.is_done; });
    ++taken_;
    changed_.notify_all();
    lock.unlock();
    if (piece.failure) std::rethrow_exception(piece.failure);
    Result result = std::move(*piece.result);
    piece.result.reset();
    return result;
  }

 private:
  struct Piece {
    std::optional<Result> result;
    std::exception_ptr failure;
    bool is_done = false;
  };

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return is_over() || begun_ < taken_ + lead_; });
      if (is_over()) return;
      const std::size_t index = begun_++;
      lock.unlock();
      Piece piece = produced(index);
      lock.lock();
      pieces_[index] = std::move(piece);
      changed_.notify_all();
    }
  }

  Piece produced(std::size_t index) {
    Piece piece;
    try {
      piece.result.emplace(produce_(index));
    } catch (...) {
      piece.failure = std::current_exception();
    }
    piece.is_done = true;
    return piece;
  }

  bool is_over() const { return is_stopping_ || begun_ >= pieces_.size(); }

  std::size_t lead_;
  Produce& produce_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Piece> pieces_;
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool is_stopping_ = false;
  std::vector<std::jthread> workers_;  // last, so that they are joined before the rest goes
};

// Hands a result over, and says whether the next is wanted.
template <class Consume, class Result>
bool is_wanted_after(Consume& consume, std::size_t index, Result&& result) {
  if constexpr (std::is_void_v<decltype(consume(index, std::forward<Result>(result)))>) {
    consume(index, std::forward<Result>(result));
    return true;
  } else {
    return consume(index, std::forward<Result>(result));
  }
}

// Calls consume(index, produce(index)) for 0, 1, ..., count - 1, in that order and on the calling
// thread; produce runs on `threads` others, or here when that is not more than one. A consume that
// returns false ends the work. With a `lead` of several results a thread, those that come quickly
// need not wait for one that does not.
template <class Produce, class Consume>
void ordered_work(std::size_t count, std::size_t threads, Produce produce, Consume consume,
                  std::size_t lead = 1) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t index = 0; index < count; ++index) {
      if (!is_wanted_after(consume, index, produce(index))) return;
    }
    return;
  }
  OrderedWork<Produce> work(count, threads, threads * lead, produce);
  for (std::size_t index = 0; index < count; ++index) {
    if (!is_wanted_after(consume, index, work.take())) return;
  }
}

}  // namespace sim
