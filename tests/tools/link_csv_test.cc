#include "tools/eval/link_csv.h"

#include <gtest/gtest.h>

#include <string>

namespace tactus::tools {
namespace {

std::string with_header(const std::string& lines) {
  return std::string(kLinkCsvHeader) + "\n" + lines;
}

TEST(LinkCsv, ReadsWhatTheLayoutSays) {
  for (const std::string end : {"\n", "\r\n"}) {
    const auto reports =
        read_link_csv(std::string(kLinkCsvHeader) + end + "-5,20,10" + end + "7,30,15");
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 2u);
    EXPECT_EQ((*reports)[0].t_device, DeviceTime(Duration(-5)));
    EXPECT_EQ((*reports)[1].t_arrived, HostTime(Duration(30)));
    EXPECT_EQ((*reports)[1].t_true, HostTime(Duration(15)));
  }
}

TEST(LinkCsv, RefusesAnythingElseAndNamesTheLine) {
  const auto line_of = [](const std::string& text) {
    const auto reports = read_link_csv(text);
    return reports ? 0 : reports.error().line;
  };
  EXPECT_EQ(line_of(""), 1u);
  EXPECT_EQ(line_of("1,2,3\n"), 1u);
  EXPECT_EQ(line_of(with_header("")), 1u);
  EXPECT_EQ(line_of(with_header("1,2\n")), 2u);
  EXPECT_EQ(line_of(with_header("1,2,3,4\n")), 2u);
  EXPECT_EQ(line_of(with_header("1,2,x\n")), 2u);
  EXPECT_EQ(line_of(with_header("1,2,1.5\n")), 2u);
  EXPECT_EQ(line_of(with_header("1,20,3\n2,19,4\n")), 3u);
  EXPECT_EQ(line_of(with_header("1,20,3\n2,21,3\n")), 3u);
  EXPECT_EQ(line_of(with_header("1,20,3\n\n2,21,4\n")), 3u);
  EXPECT_EQ(line_of(with_header("1,9223372036854775807,3\n")), 2u);
}

}  // namespace
}  // namespace tactus::tools
