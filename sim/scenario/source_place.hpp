// Names a place in what a user wrote, for messages and for editors.
#pragma once

#include <string>

namespace sim {

// Lines and columns count from 1, columns in characters; 0 means the whole file.
struct SourcePlace {
  std::string file;
  int line = 0;
  int column = 0;
};

}  // namespace sim
