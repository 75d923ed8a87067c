// Arguments are taken as meant, or refused: never guessed.
#include "tools/options.h"

#include <gtest/gtest.h>

#include <vector>

namespace tactus::tools {
namespace {

struct OptionsTest : ::testing::Test {
  bool parse(std::vector<std::string> words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    return options.parse(pointers, exit_code);
  }
  std::string text;
  bool flag = false;
  unsigned count = 7;
  double level = 0.5;
  int exit_code = -1;
  Options options{"test",
                  {{"--text", "T", "a text", into(text)},
                   {"--flag", "", "a flag", into(flag)},
                   {"--count", "N", "a count", into(count)},
                   {"--level", "L", "a level", into(level)}}};
};

TEST_F(OptionsTest, TakesValuesFlagsAndWords) {
  EXPECT_TRUE(parse({"one", "--count", "3", "--flag", "--level", "-0.25", "two"}));
  EXPECT_EQ(count, 3u);
  EXPECT_TRUE(flag);
  EXPECT_DOUBLE_EQ(level, -0.25);
  EXPECT_EQ(options.words(), (std::vector<std::string>{"one", "two"}));
}

TEST_F(OptionsTest, RefusesWhatItDoesNotKnowOrCannotUse) {
  for (const auto& words : std::vector<std::vector<std::string>>{{"--cuont", "3"},
                                                                 {"--count"},
                                                                 {"--count", "3x"},
                                                                 {"--count", "-1"},
                                                                 {"--level", "nan"},
                                                                 {"--text", ""}}) {
    EXPECT_FALSE(parse(words)) << words[0];
    EXPECT_EQ(exit_code, 2);
  }
  EXPECT_EQ(count, 7u);
}

TEST_F(OptionsTest, HelpIsNoError) {
  EXPECT_FALSE(parse({"--help"}));
  EXPECT_EQ(exit_code, 0);
}

}  // namespace
}  // namespace tactus::tools
