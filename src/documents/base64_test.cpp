#include "documents/base64.h"

#include <gtest/gtest.h>

namespace zielwerk::documents {
namespace {

// The test vectors of RFC 4648, section 10.
TEST(Base64, ReadsWhatTheStandardWrites) {
  for (const auto& [text, bytes] : {std::pair{"", ""}, {"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9v", "foo"}, {"Zm9vYg==", "foob"}, {"Zm9vYmE=", "fooba"}, {"Zm9vYmFy", "foobar"}}) EXPECT_EQ(from_base64(text), bytes) << text;
  EXPECT_EQ(from_base64("AP8+"), std::string("\0\xff>", 3));
}

TEST(Base64, RefusesEverythingElse) {
  for (const char* bad : {"Z", "Zg", "Zg=", "====", "Z===", "Zg==Zg==", " Zm9", "Zm9v\n", "Zm9_", "Zm 9v", "=Zm9"}) EXPECT_FALSE(from_base64(bad)) << bad;
}

}  // namespace
}  // namespace zielwerk::documents
