#include "sim/scenario/json_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

using testing::HasSubstr;

std::string messages_of(std::string text) {
  Diagnostics diagnostics;
  const auto document = parse_json("a.json", std::move(text), diagnostics);
  EXPECT_EQ(document.has_value(), !diagnostics.has_errors());
  return diagnostics.render_all();
}

std::string place_of(const NodePlace& place) {
  const SourcePlace shown = to_source_place(place);
  return std::to_string(shown.line) + ":" + std::to_string(shown.column);
}

TEST(JsonDocument, KnowsThePlaceOfEveryKeyAndValue) {
  Diagnostics diagnostics;
  const auto document = parse_json(
      "a.json", "{\"a\": [1, 2.5e3 ,true,null, \"x\\\"]\"],\n \"é\" : {\"c\":-1}\n}", diagnostics);
  ASSERT_TRUE(document);
  const Node& list = *document->root.find("a");
  ASSERT_EQ(list.items.size(), 5U);
  EXPECT_EQ(place_of(list.items[1].place), "1:11");
  EXPECT_EQ(list.items[1].text, "2.5e3");
  EXPECT_EQ(place_of(list.items[3].place), "1:23");
  EXPECT_EQ(list.items[3].kind, NodeKind::Null);
  EXPECT_EQ(list.items[4].text, "x\"]");
  EXPECT_TRUE(list.items[4].quoted);
  EXPECT_EQ(place_of(document->root.entries[1].key_place), "2:2");
  EXPECT_EQ(place_of(document->root.find("é")->find("c")->place), "2:13");
}

TEST(JsonDocument, PlacesSyntaxErrors) {
  EXPECT_EQ(messages_of("{\"a\": 1,}"),
            "a.json:1:9: error: expected string literal in JSON, found '}'\n"
            "  1 | {\"a\": 1,}\n    |         ^\n"
            "  hint: JSON has no comma before a closing bracket\n");
  EXPECT_THAT(messages_of("{\n\"a\": 1\n"), HasSubstr("found the end of the file"));
  EXPECT_THAT(messages_of("{\"a\": tru}"), HasSubstr("a.json:1:10: error: expected valid JSON"));
  EXPECT_THAT(messages_of(""), HasSubstr("a.json:1:1: error"));
  EXPECT_THAT(messages_of("{'a': 1}"), HasSubstr("a.json:1:2: error"));
}

TEST(JsonDocument, IsStrict) {
  for (const char* text : {"{\"a\": 01}", "[1,]", "{} {}", "// c\n{}", "[NaN]", "[.5]", "[+1]",
                           "[1e999]", "[\"\\x\"]", "[\"a\nb\"]", "nul"}) {
    EXPECT_NE(messages_of(text), "") << text;
  }
}

TEST(JsonDocument, RefusesDuplicateKeysAtAnyDepth) {
  EXPECT_EQ(messages_of("[{\"a\": 1,\n \"a\": 2}]"),
            "a.json:2:2: error: expected each key once, found 'a' again\n"
            "  2 |  \"a\": 2}]\n    |  ^\n  hint: it was first given in line 1\n");
}

TEST(JsonDocument, BoundsNesting) {
  EXPECT_EQ(messages_of(std::string(100, '[') + std::string(100, ']')), "");
  EXPECT_THAT(messages_of(std::string(1'000'000, '[')), HasSubstr("a.json:1:101: error: expected "
                                                                  "at most 100 levels"));
}

TEST(JsonDocument, BoundsTheNumberOfValues) {
  std::string text = "[0";
  for (std::size_t i = 0; i < kMostNodes; ++i) text += ",0";
  EXPECT_THAT(messages_of(text + "]"), HasSubstr("expected at most 200000 values"));
}

}  // namespace
}  // namespace sim
