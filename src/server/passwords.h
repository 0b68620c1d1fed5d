// Passwords as Argon2id with 64 MiB (libsodium). A check takes about a tenth of a second and that memory, so the caller bounds how many
// run at once.
#pragma once

#include <string>

#include "base/problem.h"

namespace zielwerk::server {

// Problem password_too_short (under 12 characters), password_too_long (over 200 bytes).
base::Result<std::string> hash_password(const std::string& password);

// An empty hash takes as long as a real one and never fits: an unknown name cannot be told by the clock.
bool password_fits(const std::string& hash, const std::string& password);

// To be told and typed once: 20 letters and digits that nobody takes for each other, some 99 bits.
std::string made_up_password();

// 256 random bits, safe in a cookie.
std::string random_token();

// The same text and key give the same token; without the key it cannot be told from a random one.
std::string keyed_token(const std::string& key, const std::string& text);
// SHA-256 as PKCE (S256) wants it.
std::string pkce_challenge(const std::string& verifier);

bool same_secret(const std::string& a, const std::string& b);  // in constant time

}  // namespace zielwerk::server
