// Reads files as they were in a revision of the git repository that they are in: `main:path`.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/input_file.hpp"

namespace headroom {

// A file of a revision, as `git show` names it.
struct RevisionFile {
  std::string revision;
  std::string path;  // relative to the current folder, as all paths are
};

// Nothing when the text has no revision in it, or is the name of a file that is there.
std::optional<RevisionFile> revision_file(const std::string& text);

// Opens files as the revision has them. They may not be packed.
sim::FileOpener revision_opener(const std::string& revision);

}  // namespace headroom
