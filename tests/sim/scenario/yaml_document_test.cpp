#include "sim/scenario/yaml_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

using testing::HasSubstr;

struct Parsed {
  std::optional<Document> document;
  std::string messages;
};
Parsed parse(std::string text) {
  Diagnostics diagnostics;
  Parsed parsed;
  parsed.document = parse_yaml("a.yaml", std::move(text), diagnostics);
  parsed.messages = diagnostics.render_all();
  return parsed;
}

std::string place_of(const NodePlace& place) {
  const SourcePlace shown = to_source_place(place);
  return std::to_string(shown.line) + ":" + std::to_string(shown.column);
}

TEST(YamlDocument, KnowsThePlaceOfEveryKeyAndValue) {
  const Parsed parsed = parse("a: 1\nü: {c: [x, \"y\"]}\n");
  ASSERT_TRUE(parsed.document) << parsed.messages;
  const Node& root = parsed.document->root;
  EXPECT_EQ(place_of(root.entries[0].value.place), "1:4");
  EXPECT_EQ(place_of(root.entries[1].key_place), "2:1");
  const Node& inner = root.entries[1].value;
  EXPECT_EQ(place_of(inner.place), "2:4");
  EXPECT_EQ(place_of(inner.entries[0].key_place), "2:5");
  EXPECT_EQ(place_of(inner.entries[0].value.items[1].place), "2:12");
  EXPECT_FALSE(inner.entries[0].value.items[0].quoted);
  EXPECT_TRUE(inner.entries[0].value.items[1].quoted);
}

TEST(YamlDocument, PlacesAnAbsentValueAtItsKey) {
  const Parsed parsed = parse("a:\n\n\nb: ~\n");
  ASSERT_TRUE(parsed.document);
  EXPECT_EQ(parsed.document->root.entries[0].value.kind, NodeKind::Null);
  EXPECT_EQ(place_of(parsed.document->root.entries[0].value.place), "1:1");
  EXPECT_EQ(parsed.document->root.entries[1].value.kind, NodeKind::Null);
}

TEST(YamlDocument, LeavesScalarsAsTheyAreWritten) {
  const Parsed parsed = parse("[010, .nan, yes, 1_000, 'null', 0x1F]");
  ASSERT_TRUE(parsed.document);
  const std::vector<Node>& items = parsed.document->root.items;
  EXPECT_EQ(items[0].text, "010");
  EXPECT_EQ(items[1].text, ".nan");
  EXPECT_EQ(items[2].text, "yes");
  EXPECT_EQ(items[4].kind, NodeKind::Scalar);
  EXPECT_EQ(items[5].text, "0x1F");
}

TEST(YamlDocument, ResolvesAnchorsAndMerges) {
  const Parsed parsed = parse(
      "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\n"
      "one: {<<: *x, b: 9}\nmany: {<<: [*x, *y]}\nlist: [*x]\n");
  ASSERT_TRUE(parsed.document) << parsed.messages;
  const Node& one = *parsed.document->root.find("one");
  EXPECT_EQ(one.find("a")->text, "1");
  EXPECT_EQ(one.find("b")->text, "9");
  const Node& many = *parsed.document->root.find("many");
  EXPECT_EQ(many.find("b")->text, "2");  // the earlier merge wins
  EXPECT_EQ(many.find("c")->text, "4");
  EXPECT_EQ(place_of(many.find("c")->place), "2:17");  // where it was written
}

TEST(YamlDocument, MergeOfSomethingElseIsAnError) {
  EXPECT_THAT(parse("a: {<<: 5}").messages, HasSubstr("expected a mapping, or a list of mappings"));
}

TEST(YamlDocument, ADuplicateKeyNamesBothPlaces) {
  const Parsed parsed = parse("a: 1\nb: 2\na: 3\n");
  EXPECT_FALSE(parsed.document);
  EXPECT_EQ(parsed.messages,
            "a.yaml:3:1: error: expected each key once, found 'a' again\n"
            "  3 | a: 3\n    | ^\n  hint: it was first given in line 1\n");
}

TEST(YamlDocument, BoundsWhatAliasesExpandTo) {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char name = 'b'; name < 'i'; ++name) {
    const std::string before(1, static_cast<char>(name - 1));
    bomb += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 10; ++i) bomb += "*" + before + ",";
    bomb += "]\n";
  }
  EXPECT_THAT(parse(bomb).messages, HasSubstr("expected at most 200000 values"));
}

TEST(YamlDocument, BoundsNestingAlsoThroughAliases) {
  EXPECT_TRUE(parse(std::string(100, '[') + std::string(100, ']')).document);
  EXPECT_THAT(parse(std::string(101, '[') + std::string(101, ']')).messages,
              HasSubstr("a.yaml:1:101: error: expected at most 100 levels of nesting"));
  EXPECT_THAT(parse(std::string(1'000'000, '[')).messages, HasSubstr("100 levels"));
  const std::string half = "a: &a " + std::string(60, '[') + std::string(60, ']') + "\n";
  EXPECT_THAT(parse(half + "b: " + std::string(60, '[') + "*a" + std::string(60, ']')).messages,
              HasSubstr("100 levels"));
}

TEST(YamlDocument, RefusesAnAliasOfItself) {
  EXPECT_THAT(parse("a: &a [*a]").messages, HasSubstr("found its own alias"));
}

TEST(YamlDocument, RefusesTagsComplexKeysAndSecondDocuments) {
  EXPECT_THAT(parse("a: !!python/object x").messages, HasSubstr("value without a tag"));
  EXPECT_THAT(parse("? [a]\n: b").messages, HasSubstr("expected a key, found a list"));
  EXPECT_THAT(parse("a: 1\n---\nb: 2\n").messages, HasSubstr("a.yaml:2:1: error: expected one "
                                                             "document, found a second"));
  EXPECT_TRUE(parse("---\na: 1\n...\n").document);
}

TEST(YamlDocument, TellsTabsInIndentation) {
  EXPECT_EQ(parse("a:\n\tb: 1\n").messages,
            "a.yaml:2:1: error: expected spaces at the start of a line, found a tab\n"
            "  2 | \tb: 1\n    | ^\n");
}

TEST(YamlDocument, ReadsLineEndsOfWindowsAndAByteOrderMark) {
  const Parsed parsed = parse(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: x y\r\n");
  ASSERT_TRUE(parsed.document) << parsed.messages;
  EXPECT_EQ(parsed.document->root.find("b")->text, "x y");
  EXPECT_EQ(place_of(parsed.document->root.entries[0].key_place), "1:1");
  EXPECT_THAT(parse("a: 1\r\na: 2\r\n").messages, HasSubstr("  2 | a: 2\n"));
}

TEST(YamlDocument, RefusesWhatIsNotText) {
  EXPECT_EQ(parse(std::string("a: 1\nb\0c", 8)).messages,
            "a.yaml:2:2: error: expected UTF-8 text, found a NUL byte\n");
  EXPECT_EQ(parse("\x1f\x8b\x08").messages,
            "a.yaml:1:1: error: expected UTF-8 text, found the control character 0x1f\n");
  EXPECT_EQ(parse("a: \xff").messages,
            "a.yaml:1:4: error: expected UTF-8 text, found the byte "
            "0xff\n");
  EXPECT_THAT(parse("\xff\xfe"
                    "a")
                  .messages,
              HasSubstr("found UTF-16"));
  // Overlong, surrogate, beyond Unicode, cut short.
  for (const char* text : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    EXPECT_THAT(parse(text).messages, HasSubstr("expected UTF-8 text")) << text;
  }
}

TEST(YamlDocument, RefusesFilesThatAreTooLarge) {
  EXPECT_EQ(parse(std::string(kLargestFile + 1, '#')).messages,
            "a.yaml: error: expected a file of at most 4 MiB, found 4.0 MiB\n");
}

TEST(YamlDocument, AnEmptyFileIsNothing) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n"}) {
    const Parsed parsed = parse(text);
    ASSERT_TRUE(parsed.document) << text;
    EXPECT_EQ(parsed.document->root.kind, NodeKind::Null) << text;
  }
}

}  // namespace
}  // namespace sim
