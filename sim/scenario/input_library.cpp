#include "sim/scenario/input_library.hpp"

#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/stream.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace sim {
namespace {

// FNV-1a, 64 bits.
constexpr std::uint64_t kEmptyHash = 0xcbf29ce484222325ULL;

std::uint64_t hash_on(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

// Reads from a text that others may read at the same time. The base holds it, so that it outlives
// the stream.
class SharedTextStream final : private std::shared_ptr<const std::string>,
                               public boost::iostreams::stream<boost::iostreams::array_source> {
 public:
  explicit SharedTextStream(const std::shared_ptr<const std::string>& text)
      : std::shared_ptr<const std::string>(text),
        boost::iostreams::stream<boost::iostreams::array_source>(text->data(), text->size()) {}
};

}  // namespace

InputFile InputLibrary::open(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (const auto known = entries_.find(path); known != entries_.end()) {
    if (known->second.text == nullptr) return open_(path);
    return {std::make_unique<SharedTextStream>(known->second.text), {}};
  }
  InputFile file = open_(path);
  if (file.stream == nullptr) return file;
  constexpr std::size_t kChunk = std::size_t{1} << 16U;
  std::vector<char> chunk(kChunk);
  std::string text;
  std::uint64_t hash = kEmptyHash;
  bool is_kept = true;
  while (file.stream->read(chunk.data(), kChunk) || file.stream->gcount() > 0) {
    const std::string_view read(chunk.data(), static_cast<std::size_t>(file.stream->gcount()));
    hash = hash_on(hash, read);
    is_kept = is_kept && text.size() + read.size() <= kLargestFile;
    if (is_kept) text += read;
  }
  // A damaged file is read from the disk again, by a reader that says what is wrong with it.
  if (file.stream->bad()) return open_(path);
  if (!is_kept) text.clear();
  const Entry& entry = entries_[path] = {
      is_kept ? std::make_shared<const std::string>(std::move(text)) : nullptr, hash};
  if (entry.text == nullptr) return open_(path);
  return {std::make_unique<SharedTextStream>(entry.text), {}};
}

std::uint64_t InputLibrary::fingerprint() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t hash = kEmptyHash;
  for (const auto& [path, entry] : entries_) {
    hash = hash_on(hash, path);
    // A byte that no path has keeps names and contents apart.
    hash = hash_on(hash, std::string_view("\0", 1));
    hash = hash_on(hash, std::to_string(entry.hash));
    hash = hash_on(hash, std::string_view("\0", 1));
  }
  return hash;
}

}  // namespace sim
