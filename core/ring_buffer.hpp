// Holds a first-in-first-out sequence in one block of memory that only grows: after the first few
// pushes nothing is allocated any more.
#pragma once

#include <cstddef>
#include <vector>

#include "core/check.hpp"

namespace core {

template <class Value>
class RingBuffer {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  // REQUIRES: !empty().
  const Value& front() const {
    CHECK(size_ > 0);
    return values_[first_];
  }

  void push_back(const Value& value) {
    if (size_ == values_.size()) grow();
    values_[(first_ + size_) & (values_.size() - 1)] = value;
    ++size_;
  }

  // REQUIRES: !empty().
  void pop_front() {
    CHECK(size_ > 0);
    first_ = (first_ + 1) & (values_.size() - 1);
    --size_;
  }

  void clear() {
    first_ = 0;
    size_ = 0;
  }

 private:
  void grow() {
    std::vector<Value> grown(values_.empty() ? 16 : 2 * values_.size());
    for (std::size_t i = 0; i < size_; ++i) grown[i] = values_[(first_ + i) & (values_.size() - 1)];
    values_.swap(grown);
    first_ = 0;
  }

  std::vector<Value> values_;  // a power of two of them
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace core
