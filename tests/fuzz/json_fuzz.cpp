// Feeds arbitrary bytes to the reader of AWS's JSON and holds it to its promises: what it accepts,
// another reader accepts, and whatever it says, it says where.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sim/scenario/json_document.hpp"
#include "sim/scenario/scaling_reader.hpp"

namespace {

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

// Every value stands inside the text.
void check_places(const sim::Node& node) {
  const sim::SourceText& source = *node.place.source;
  require(node.place.line >= 1 && node.place.line <= source.line_count());
  require(source.line_start(node.place.line) + node.place.byte < source.text().size());
  for (const sim::Node& item : node.items) check_places(item);
  for (const sim::Entry& entry : node.entries) check_places(entry.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  sim::Diagnostics diagnostics;
  const auto document = sim::parse_json("x.json", text, diagnostics);
  require(document.has_value() != diagnostics.has_errors());
  if (document) {
    require(nlohmann::json::accept(document->source->text()));
    check_places(document->root);
    sim::ScalingDraft scaling;
    sim::read_aws_document(document->root, "x.json", scaling, diagnostics);
  }
  for (const sim::Diagnostic& diagnostic : diagnostics.sorted()) {
    require(!diagnostic.message.empty());
    require(diagnostic.place.file == "x.json");
  }
  static_cast<void>(diagnostics.render_all());
  return 0;
}
