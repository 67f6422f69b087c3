#include "tools/headroom/page_option.hpp"

#include <iterator>

#include "sim/report/atomic_file.hpp"
#include "tools/headroom/version.hpp"

namespace headroom {

void add_page_option(CLI::App& command, std::string& path) {
  command.add_option("--html", path, "also write a page with charts, one file for any browser")
      ->type_name("PAGE");
}

sim::PageSource page_source(const std::string& name, const std::string& path,
                            const sim::FileOpener& open) {
  sim::PageSource source{.file = name, .text = {}};
  const sim::InputFile file = open(path);
  if (file.stream) source.text.assign(std::istreambuf_iterator<char>(*file.stream), {});
  return source;
}

sim::PageOrigin page_origin(const std::string& file, const std::vector<std::string>& overrides) {
  return {.version = kVersion,
          .sources = {page_source(file, file, sim::open_input_file)},
          .overrides = overrides};
}

std::string page_problem(const std::string& path) {
  if (path.empty()) return {};
  sim::AtomicFile probe(path);
  return probe.open_problem();
}

std::string write_page(const std::string& path, const std::function<void(std::ostream&)>& write) {
  sim::AtomicFile file(path);
  write(file.stream());
  return file.commit();
}

}  // namespace headroom
