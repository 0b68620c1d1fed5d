// What must hold before anything is signed; the log-in with a real provider is tests/server/log_in_elsewhere.py.
#include "server/oidc.h"

#include <gtest/gtest.h>

#include "server/http.h"
#include "server/jwt.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

TEST(Pkce, ChallengeOfTheExampleInItsStandard) {
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");  // RFC 7636, appendix B
}

// RFC 7515, appendix A.3: ES256.
constexpr const char* key_of_the_standard = R"({"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
const std::string token_of_the_standard = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                                          ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

TEST(SignedText, IsBelievedOnlyAsItStands) {
  EXPECT_EQ(read_signed(token_of_the_standard, key_of_the_standard).signature, Signature::Good);
  EXPECT_EQ(read_signed(token_of_the_standard, key_of_the_standard).text.substr(0, 13), R"({"iss":"joe",)");
  EXPECT_EQ(read_signed(token_of_the_standard, R"({"keys": []})").signature, Signature::UnknownKey);
  for (std::size_t at : {std::size_t{25}, token_of_the_standard.size() - 5}) {
    auto altered = token_of_the_standard;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(read_signed(altered, key_of_the_standard).signature, Signature::Bad) << at;
  }
  for (const char* bad : {"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"}) EXPECT_EQ(read_signed(bad, key_of_the_standard).signature, Signature::Bad) << bad;
}

class Provider : public testing::Test {
 protected:
  OidcConfig config_{"https://a.example", "zielwerk", "", "", "groups", {}};
  std::vector<FetchRequest> asked_;
  Oidc oidc_{config_, "https://b.example/zurueck", [this](const FetchRequest& request) {
               asked_.push_back(request);
               return Fetched{request.form.empty() ? 200 : 400, R"({"issuer": "https://a.example", "authorization_endpoint": "https://a.example/a", "token_endpoint": "https://a.example/t", "jwks_uri": "https://a.example/k"})"};
             }};
  static std::chrono::sys_seconds at(int seconds) { return std::chrono::sys_seconds(std::chrono::seconds(1'790'000'000 + seconds)); }
  static std::string state_of(const std::string& address) {
    const auto from = address.find("state=") + 6;
    return address.substr(from, address.find('&', from) - from);
  }
};

TEST_F(Provider, OnlyTheBrowserThatWentMayComeBackAndOnlySoon) {
  const auto begun = oidc_.begin(at(0));
  const auto state = state_of(begun.address);
  const auto code = [&](const Oidc::Return& back, int seconds) { return oidc_.finish(back, at(seconds)).error().code; };
  EXPECT_EQ(code({state, "c", "", begun.cookie}, 599), "oidc_refused") << "the provider was asked";
  const auto asked = asked_.size();
  EXPECT_EQ(code({state, "c", "", begun.cookie}, 601), "oidc_state_wrong");
  EXPECT_EQ(code({state, "c", "", begun.cookie}, -1), "oidc_state_wrong");
  EXPECT_EQ(code({state, "c", "", ""}, 1), "oidc_state_wrong");
  EXPECT_EQ(code({"", "c", "", begun.cookie}, 1), "oidc_state_wrong");
  EXPECT_EQ(code({state_of(oidc_.begin(at(0)).address), "c", "", begun.cookie}, 1), "oidc_state_wrong");
  EXPECT_EQ(code({state, "c", "https://c.example", begun.cookie}, 1), "oidc_state_wrong");
  EXPECT_EQ(asked_.size(), asked) << "a code is not even shown to the provider";
}

TEST(Confidential, MeansEncryptedOrThisMachine) {
  for (const char* good : {"https://a.example", "https://a.example:8443/x?y=z", "http://127.0.0.1:1", "http://localhost/x"}) EXPECT_TRUE(confidential(good)) << good;
  for (const char* bad : {"", "a.example", "http://a.example", "ftp://a.example", "https://", "https://u:p@a.example", "https://a.example#x", "http://localhost.boese.example", "javascript:alert(1)"}) EXPECT_FALSE(confidential(bad)) << bad;
}

}  // namespace
}  // namespace zielwerk::server
