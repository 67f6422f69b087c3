#include "models/traffic/open_arrivals.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/check.hpp"

namespace models::traffic {

OpenArrivals::OpenArrivals(std::vector<ArrivalProcess> processes)
    : processes_(std::move(processes)) {
  CHECK_LE(processes_.size(), kMaxStreams);
  if (processes_.size() < 2) return;
  leaf_count_ = std::bit_ceil(processes_.size());
  queues_.resize(2 * leaf_count_);
  for (std::size_t process = 0; process < processes_.size(); ++process) {
    queues_[leaf_count_ + process].stream.fill(static_cast<StreamIndex>(process));
  }
}

std::size_t OpenArrivals::fill(std::span<std::int64_t> at, std::span<StreamIndex> stream,
                               core::SimTime until) {
  CHECK(stream.empty() || stream.size() == at.size());
  if (processes_.empty()) return 0;
  if (processes_.size() > 1) return fill_from_tree(at, stream, until);
  const std::size_t filled = processes_.front().fill(at, until);
  if (!stream.empty()) std::fill_n(stream.begin(), filled, StreamIndex{0});
  return filled;
}

std::size_t OpenArrivals::fill_from_tree(std::span<std::int64_t> at, std::span<StreamIndex> stream,
                                         core::SimTime until) {
  constexpr std::size_t kRoot = 1;
  Queue& root = queues_[kRoot];
  std::size_t filled = 0;
  while (filled < at.size()) {
    if (root.empty()) refill(kRoot);
    const auto begin = root.at.begin() + static_cast<std::ptrdiff_t>(root.position);
    const std::size_t most = std::min(root.size - root.position, at.size() - filled);
    const auto end =
        std::lower_bound(begin, begin + static_cast<std::ptrdiff_t>(most), core::ticks(until));
    const auto taken = static_cast<std::size_t>(end - begin);
    if (taken == 0) break;
    std::copy(begin, end, at.begin() + static_cast<std::ptrdiff_t>(filled));
    if (!stream.empty()) {
      std::copy_n(root.stream.begin() + static_cast<std::ptrdiff_t>(root.position), taken,
                  stream.begin() + static_cast<std::ptrdiff_t>(filled));
    }
    root.position += taken;
    filled += taken;
  }
  return filled;
}

// Leaves the queue empty when nothing comes any more. REQUIRES: it is empty.
void OpenArrivals::refill(std::size_t queue) {
  Queue& merged = queues_[queue];
  merged.position = 0;
  merged.size = 0;
  if (queue >= leaf_count_) {
    const std::size_t process = queue - leaf_count_;
    if (process < processes_.size()) {
      merged.size = processes_[process].fill(merged.at, core::kNever);
    }
    return;
  }
  Queue& left = queues_[2 * queue];
  Queue& right = queues_[2 * queue + 1];
  while (merged.size < kAhead) {
    if (left.empty()) refill(2 * queue);
    if (right.empty()) refill(2 * queue + 1);
    if (left.empty() && right.empty()) return;
    if (left.empty()) {
      merged.append(right);
    } else if (right.empty()) {
      merged.append(left);
    } else {
      merged.merge(left, right);
    }
  }
}

// Takes as much as there is room for.
void OpenArrivals::Queue::append(Queue& from) {
  const std::size_t count = std::min(from.size - from.position, kAhead - size);
  std::copy_n(from.at.data() + from.position, count, at.data() + size);
  std::copy_n(from.stream.data() + from.position, count, stream.data() + size);
  from.position += count;
  size += count;
}

// Takes the earlier arrival of both, the left's at one instant, until one of them is empty or there
// is no room left. Which one is an index, not a branch: nobody could predict it.
void OpenArrivals::Queue::merge(Queue& left, Queue& right) {
  std::size_t l = left.position;
  std::size_t r = right.position;
  std::size_t filled = size;
  while (filled < kAhead && l < left.size && r < right.size) {
    const std::int64_t candidates[] = {left.at[l], right.at[r]};
    const StreamIndex streams[] = {left.stream[l], right.stream[r]};
    const auto from_right = static_cast<std::size_t>(candidates[1] < candidates[0]);
    at[filled] = candidates[from_right];
    stream[filled] = streams[from_right];
    ++filled;
    r += from_right;
    l += 1 - from_right;
  }
  left.position = l;
  right.position = r;
  size = filled;
}

}  // namespace models::traffic
