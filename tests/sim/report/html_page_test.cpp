#include "sim/report/html_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "sim/report/page_texts.hpp"

namespace sim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(std::string_view title, std::string_view data) {
  std::ostringstream out;
  write_html_page(out, title, data);
  return out.str();
}

TEST(HtmlPage, ShowsTextAsText) {
  EXPECT_EQ(html_text("<b>\"Tom\" & 'Jo'</b>"),
            "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jo&#39;&lt;/b&gt;");
  EXPECT_THAT(page_of("</title><script>alert(1)</script>", "{}"),
              HasSubstr("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
}

TEST(HtmlPage, LetsNoDataEndTheElementThatHoldsThem) {
  const std::string page = page_of("t", R"({"a": "</script><img src=x onerror=alert(1)><!--"})");
  EXPECT_THAT(page,
              HasSubstr(R"({"a": "\u003c/script>\u003cimg src=x onerror=alert(1)>\u003c!--"})"));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(HtmlPage, AllowsOnlyItsOwnScriptsAndStyles) {
  const std::string page = page_of("t", "{}");
  EXPECT_THAT(page, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
  EXPECT_THAT(page, HasSubstr(std::string(page_texts().page_script)));
}

}  // namespace
}  // namespace sim
