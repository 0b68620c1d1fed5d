#!/usr/bin/env bash
# Installs on Debian 12 what Zielwerk needs to build, run and be tested. Called by ./run, ./test and .ci/run; does nothing when all is
# there. Needs root.
set -euo pipefail

build=(build-essential cmake ninja-build ccache mold pkg-config git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libbrotli-dev libcjose-dev libcli11-dev libcurl4-openssl-dev libexpected-dev libfmt-dev libical-dev libicu-dev libqpdf-dev libre2-dev
  libsodium-dev libsqlite3-dev libssl-dev libtomlplusplus-dev libxlsxwriter-dev libxml2-dev libxxhash-dev libzip-dev poppler-utils python3 zlib1g-dev)
tests=(chromium libreoffice-calc libreoffice-writer openssl qpdf libxml2-utils libgtest-dev libgmock-dev librapidcheck-dev python3-aiosmtpd python3-cryptography python3-icalendar python3-jsonschema sqlite3 clang-14 clang clang-tidy libclang-rt-14-dev tesseract-ocr tesseract-ocr-deu)

packages=("${build[@]}")
[ "${1:-}" = --tests ] && packages+=("${tests[@]}")

# The pages are built with node; where Debian's is too old for Vite (18 in Debian 12), web/package.json brings its own as a package.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installiere: ${missing[*]}" >&2
  if [ "$(id -u)" -ne 0 ]; then
    echo "Dafür sind Root-Rechte nötig: sudo $0 $*" >&2
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# Typst and its typeface for documents as PDF; without them the program says so and makes the other forms.
cd "$(dirname "$0")/papers"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installiere: Typst" >&2
  # Not "npm ci": it refuses a lock without the builds for other systems, which a mirror need not carry.
  npm install --no-save --no-audit --no-fund --loglevel=error >&2
fi
