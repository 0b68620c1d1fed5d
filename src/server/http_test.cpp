#include "server/http.h"

#include <gtest/gtest.h>

#include "server/compression.h"

namespace zielwerk::server {
namespace {

std::string header_of(const Response& response, const std::string& wanted) {
  for (const auto& [name, value] : response.headers) {
    if (name == wanted) return value;
  }
  return "";
}

TEST(Target, IsDecodedOnceAndStaysInside) {
  Request request;
  request.target = "/api/v1/overview?month=2021-06&name=gr%C3%B6%C3%9Fe";
  ASSERT_TRUE(split_target(request));
  EXPECT_EQ(request.path, "/api/v1/overview");
  EXPECT_EQ(request.query.at("month"), "2021-06");
  EXPECT_EQ(request.query.at("name"), "größe");
  for (const char* bad : {"", "api", "http://localhost/", "*", "/../etc/passwd", "/a/../b", "/%2e%2e/etc/passwd", "/a%2Fb", "/a%00b", "/a%5Cb", "/a\\b", "//host/x", "/a//b", "/%ff", "/?a=1&a=2", "/?a=%0d%0aSet-Cookie:x",
                          "/a b", "/%", "/%zz", "/./a"}) {
    Request wrong;
    wrong.target = bad;
    EXPECT_FALSE(split_target(wrong)) << bad;
  }
}

TEST(Finished, TagsPacksAndProtects) {
  Request request;
  request.method = "GET";
  request.headers["accept-encoding"] = "gzip;q=0, br";
  Response plain;
  plain.body = std::string(5000, 'a');
  const auto packed = finished(request, plain, false);
  EXPECT_EQ(header_of(packed, "Content-Encoding"), "br");
  EXPECT_LT(packed.body.size(), 100U);
  EXPECT_EQ(header_of(packed, "Strict-Transport-Security"), "");
  EXPECT_NE(header_of(finished(request, plain, true), "Strict-Transport-Security"), "");
  EXPECT_EQ(header_of(packed, "Content-Security-Policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(header_of(packed, "X-Content-Type-Options"), "nosniff");

  request.headers["if-none-match"] = header_of(packed, "ETag");
  const auto again = finished(request, plain, false);
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  request.headers["accept-encoding"] = "gzip";
  EXPECT_EQ(finished(request, plain, false).status, 304) << "the tag does not depend on the packing";
  plain.body.back() = 'b';
  EXPECT_EQ(finished(request, plain, false).status, 200);
  EXPECT_EQ(header_of(finished(request, plain, false), "Content-Encoding"), "gzip");
}

TEST(Problems, AreAllInTheAnswerWithStableCodes) {
  const auto response = problem_response(422, {{"month_invalid", "Kein Monat.", "month"}, {"as_of_invalid", "Kein \"Ladestand\".", "asOf"}});
  EXPECT_EQ(response.type, "application/problem+json");
  EXPECT_NE(response.body.find(R"("code":"month_invalid")"), std::string::npos);
  EXPECT_NE(response.body.find(R"("code":"as_of_invalid","meldung":"Kein \"Ladestand\".","stelle":"asOf")"), std::string::npos);
}

TEST(Cookies, AreReadByTheirWholeName) {
  Request request;
  request.headers["cookie"] = "xzielwerk=a; zielwerk=b; zielwerk2=c";
  EXPECT_EQ(request.cookie("zielwerk"), "b");
  EXPECT_FALSE(request.cookie("werk"));
}

}  // namespace
}  // namespace zielwerk::server
