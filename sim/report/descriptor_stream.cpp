#include "sim/report/descriptor_stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace sim {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16U;

}  // namespace

class DescriptorStream::Buffer : public std::streambuf {
 public:
  explicit Buffer(int descriptor) : descriptor_(descriptor), bytes_(kBufferBytes) {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
  }

  int error() const { return error_; }

 protected:
  int_type overflow(int_type next) override {
    if (!write_out()) return traits_type::eof();
    if (!traits_type::eq_int_type(next, traits_type::eof())) sputc(traits_type::to_char_type(next));
    return traits_type::not_eof(next);
  }
  int sync() override { return write_out() ? 0 : -1; }

 private:
  bool write_out() {
    const char* from = pbase();
    while (error_ == 0 && from < pptr()) {
      const ssize_t written = ::write(descriptor_, from, static_cast<std::size_t>(pptr() - from));
      if (written >= 0) {
        from += written;
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    return error_ == 0;
  }

  int descriptor_;
  std::vector<char> bytes_;
  int error_ = 0;
};

DescriptorStream::DescriptorStream(int descriptor)
    : std::ostream(nullptr), buffer_(std::make_unique<Buffer>(descriptor)) {
  rdbuf(buffer_.get());
}

DescriptorStream::~DescriptorStream() { flush(); }

int DescriptorStream::error() const { return buffer_->error(); }

}  // namespace sim
