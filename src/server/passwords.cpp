#include "server/passwords.h"

#include <array>

#include <sodium.h>

#include "base/text.h"

namespace zielwerk::server {
namespace {

constexpr std::size_t longest = 200;

void ready() {
  static const int code = sodium_init();
  base::ensure(code >= 0, "libsodium starts");
}

std::string argon2id(const std::string& password) {
  ready();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw base::EnvironmentError("Der Arbeitsspeicher reicht nicht, um ein Kennwort zu prüfen.");
  }
  return text.data();
}

using Bytes = std::array<unsigned char, 32>;

std::string base64url(const Bytes& bytes) {
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

const unsigned char* octets(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

base::Result<std::string> hash_password(const std::string& password) {
  if (base::display_width(password) < 12) return base::problem("password_too_short", "Das Kennwort ist zu kurz; erwartet sind mindestens 12 Zeichen.");
  if (password.size() > longest) return base::problem("password_too_long", "Das Kennwort ist zu lang; erwartet sind höchstens 200 Bytes.");
  return argon2id(password);
}

bool password_fits(const std::string& hash, const std::string& password) {
  ready();
  static const std::string nobody = argon2id(random_token());
  const auto& against = hash.empty() ? nobody : hash;
  const bool fits = password.size() <= longest && crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

std::string made_up_password() {
  ready();
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += letters[randombytes_uniform(letters.size())];
  }
  return password;
}

std::string random_token() {
  ready();
  Bytes bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes);
}

std::string keyed_token(const std::string& key, const std::string& text) {
  ready();
  Bytes bytes{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, octets(key), key.size());
  crypto_auth_hmacsha256_update(&state, octets(text), text.size());
  crypto_auth_hmacsha256_final(&state, bytes.data());
  return base64url(bytes);
}

std::string pkce_challenge(const std::string& verifier) {
  ready();
  Bytes bytes{};
  crypto_hash_sha256(bytes.data(), octets(verifier), verifier.size());
  return base64url(bytes);
}

bool same_secret(const std::string& a, const std::string& b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace zielwerk::server
