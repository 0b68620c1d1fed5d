#include "server/config.h"

#include <gtest/gtest.h>

#include <fstream>

namespace zielwerk::server {
namespace {

class ConfigFile : public testing::Test {
 protected:
  std::string codes(const std::string& text) {
    std::ofstream(path_) << text;
    const auto config = read_config(path_);
    if (config) return "";
    std::string all;
    for (const auto& problem : config.error()) all += problem.code + " ";
    return all;
  }
  void TearDown() override { std::filesystem::remove(path_); }
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("zielwerk_config_test_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + ".toml");
};

TEST_F(ConfigFile, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(codes("store = 'a.db'"), "");
  EXPECT_EQ(codes("store = "), "config_unreadable ");
  EXPECT_EQ(codes("port = 'x'\nworkers = 0\nspeicher = 'a.db'"), "config_value config_value config_unknown config_value ");
  EXPECT_EQ(codes("store = 'a.db'\ncertificate = 'c.pem'"), "config_value ");
}

TEST_F(ConfigFile, OtherMachinesAreServedEncryptedOnly) {
  EXPECT_EQ(codes("store = 'a.db'\naddress = '0.0.0.0'"), "config_value ");
  EXPECT_EQ(codes("store = 'a.db'\naddress = '0.0.0.0'\norigin = 'https://zielwerk.example'"), "");
  EXPECT_EQ(codes("store = 'a.db'\naddress = '0.0.0.0'\ncertificate = 'c.pem'\nkey = 'k.pem'"), "");
  EXPECT_EQ(codes("store = 'a.db'\norigin = 'zielwerk.example'"), "config_value ");
}

TEST_F(ConfigFile, LogInElsewhereAndPublicViewAreTablesOfTheirOwn) {
  const std::string group = "group = [{ name = 'zw', role = 'gremium', scope = 'NW' }]\n";
  const std::string provider = "store = 'a.db'\n[oidc]\nissuer = 'https://a.example'\nclient_id = 'zielwerk'\n";
  EXPECT_EQ(codes(provider + group + "[public]\nenabled = true\nfigures = ['K2', 'K1E1']"), "");
  EXPECT_EQ(codes("store = 'a.db'\noidc = 'https://a.example'"), "config_value ");
  EXPECT_EQ(codes("store = 'a.db'\n[oidc]"), "config_value config_value config_value ") << "issuer, client_id, group";
  EXPECT_EQ(codes("store = 'a.db'\n[oidc]\nissuer = 'http://a.example'\nclient_id = 'x'\n" + group), "config_value ");
  EXPECT_EQ(codes(provider + "group = [{ name = 'zw', role = 'chef', scope = 'Mars', mehr = 1 }]"), "config_value config_value config_unknown ");
  EXPECT_EQ(codes(provider + group + "secret = 'x'"), "config_unknown ") << "secrets come from the environment";
  EXPECT_EQ(codes("store = 'a.db'\n[public]\nenabled = 'ja'\nfigures = ['K9']\nmehr = 1"), "config_value config_value config_unknown ");
}

}  // namespace
}  // namespace zielwerk::server
