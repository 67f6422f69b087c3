// Writes to a file descriptor through a buffer, and remembers why a write failed: a full disk, a
// closed pipe. The standard's streams only tell that one did.
#pragma once

#include <memory>
#include <ostream>
#include <streambuf>
#include <vector>

namespace sim {

// Does not close the descriptor.
class DescriptorStream : public std::ostream {
 public:
  explicit DescriptorStream(int descriptor);
  ~DescriptorStream() override;

  // The errno of the first write that failed; 0: none. What follows it is not written. Call flush()
  // before.
  int error() const;

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace sim
