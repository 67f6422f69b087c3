// Writes a file so that nobody ever sees half of it: into a temporary file of the same folder,
// which takes the place of the old one in one step when all is written.
//
// Invariants
// 1. At `path` there is what was there before, or the whole new content.
// 2. Without commit(), or after one that failed, nothing of the new content is left in the folder.
// 3. A device or a pipe, such as /dev/null, is written to and never replaced: for it 1 does not
// hold.
// 4. A link stays a link: what it leads to is replaced.
#pragma once

#include <ostream>
#include <string>

#include "sim/report/descriptor_stream.hpp"

namespace sim {

class AtomicFile {
 public:
  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // A file that could not be opened takes everything, and commit() tells.
  std::ostream& stream() { return stream_; }

  // Empty, or why it could not be opened, for a program that wants to know before it has something
  // to write. REQUIRES: before commit().
  std::string open_problem() const;

  // Empty, or why there is no new file: "cannot write out/summary.json: No space left on device".
  // REQUIRES: called at most once.
  std::string commit();

 private:
  void discard();
  std::string failed(int error);
  std::string problem_text(int error) const;

  std::string path_;
  std::string target_path_;     // where the links of path_ lead to
  std::string temporary_path_;  // empty: the target is a device or a pipe, and is written to
  int open_error_ = 0;
  int descriptor_;
  DescriptorStream stream_;
};

// Removes the temporary files of all AtomicFiles that are open: for a program that has to stop at
// once. Safe in a signal handler.
void remove_unfinished_files();

// Makes a folder and those above it. Empty, or why it could not: "cannot make folder out: ...".
std::string make_folder(const std::string& path);

}  // namespace sim
