// Lets the program end quietly and at once, without half a file left behind.
#pragma once

namespace headroom {

// Ctrl-C and termination remove unfinished files and exit with 128 + the signal's number (130 for
// Ctrl-C). A closed pipe becomes an error of the write, and so does a file that may not grow
// further. A standard stream that the caller closed is opened on nothing, so that no file of ours
// takes its number.
void prepare_process();

}  // namespace headroom
