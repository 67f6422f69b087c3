#include "core/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace core {

CheckContext& check_context() {
  thread_local CheckContext context;
  return context;
}

void check_failed(const char* expression, const char* file, int line, const std::string& values) {
  const CheckContext& context = check_context();
  std::fprintf(stderr, "headroom: internal error: CHECK(%s) failed at %s:%d\n", expression, file,
               line);
  if (!values.empty()) std::fprintf(stderr, "  values: %s\n", values.c_str());
  std::fprintf(stderr, "  simulated time: %.9f s, event: %s, seed: %llu\n", in_seconds(context.now),
               context.event, static_cast<unsigned long long>(context.seed));
  std::fprintf(stderr, "  this is a bug in headroom: please report it with the scenario\n");
  std::fflush(stderr);
  std::_Exit(3);
}

}  // namespace core
