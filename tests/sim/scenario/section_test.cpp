#include "sim/scenario/section.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

class SectionTest : public testing::Test {
 protected:
  Section section_of(const std::string& text, UnknownKeys unknown_keys = UnknownKeys::Refused) {
    document_ = parse_yaml("a.yaml", text, diagnostics_);
    EXPECT_TRUE(document_) << diagnostics_.render_all();
    return Section(document_->root, "queue", {"limit", "timeout", "TargetValue"}, diagnostics_,
                   unknown_keys);
  }

  Diagnostics diagnostics_;
  std::optional<Document> document_;
};

TEST_F(SectionTest, AbsentKeysReadAsNothingSilently) {
  const Section section = section_of("limit: 3");
  EXPECT_EQ(section.integer("limit", {0, 9}), 3);
  EXPECT_FALSE(section.duration("timeout", Zero::Allowed));
  EXPECT_FALSE(diagnostics_.has_errors());
}

TEST_F(SectionTest, WrongValuesReadAsNothingAndAreReported) {
  const Section section = section_of("{limit: 10, timeout: 0s}");
  EXPECT_FALSE(section.integer("limit", {0, 9}));
  EXPECT_FALSE(section.duration("timeout", Zero::Refused));
  EXPECT_EQ(diagnostics_.error_count(), 2U);
}

TEST_F(SectionTest, EveryUnknownKeyIsReportedAtOnce) {
  static_cast<void>(section_of("{limit: 3, limti: 4, target_value: 5, zebra: 6}"));
  const std::string messages = diagnostics_.render_all();
  EXPECT_THAT(messages, HasSubstr("expected a key of queue, found 'limti'"));
  EXPECT_THAT(messages, HasSubstr("did you mean 'TargetValue'?"));
  EXPECT_THAT(messages, HasSubstr("its keys are limit, timeout or TargetValue"));
}

TEST_F(SectionTest, AMisspeltKeyIsNotAlsoMissing) {
  const Section section = section_of("{limti: 4}");
  EXPECT_EQ(section.require("limit", "limit: 3"), nullptr);
  EXPECT_EQ(diagnostics_.error_count(), 1U);
  EXPECT_EQ(section.require("timeout", "timeout: 3s"), nullptr);
  EXPECT_EQ(diagnostics_.error_count(), 2U);
}

TEST_F(SectionTest, SomethingElseThanAMappingIsReportedOnce) {
  const Section section = section_of("[1]");
  EXPECT_FALSE(section.is_mapping());
  EXPECT_EQ(section.require("limit", "limit: 3"), nullptr);
  EXPECT_EQ(diagnostics_.error_count(), 1U);
}

TEST_F(SectionTest, FilesOfAwsMayHoldUnknownFieldsAndEmptyOnes) {
  const Section section = section_of("{limit: null, timeout: '', Novel: 1}", UnknownKeys::Noted);
  EXPECT_FALSE(section.has("limit"));
  EXPECT_FALSE(section.has("timeout"));
  EXPECT_FALSE(diagnostics_.has_errors());
  EXPECT_THAT(diagnostics_.render_all(), HasSubstr("warning: 'Novel' is not a field of queue"));
}

TEST_F(SectionTest, TheAbsentMappingHasNoKeys) {
  const Section section(or_empty_mapping(nullptr), "queue", {"limit"}, diagnostics_);
  EXPECT_FALSE(section.has("limit"));
  EXPECT_FALSE(diagnostics_.has_errors());
}

}  // namespace
}  // namespace sim
