// Signed tokens (JWS, compact form) against the public keys of a provider (JWKS).
#pragma once

#include <optional>
#include <string>

namespace zielwerk::server {

enum class Signature { Good, UnknownKey, Bad };
struct SignedText {
  Signature signature = Signature::Bad;
  std::string text;  // the claims, only if the signature is good
};

// RS256, PS256 and ES256 only: never "none", never a shared secret. The key is the one the token names; a token that names none needs
// to be verified by exactly one key of the right kind.
SignedText read_signed(const std::string& token, const std::string& jwks);

}  // namespace zielwerk::server
