#include "server/compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "base/problem.h"
#include "documents/input_file.h"

namespace zielwerk::server {

std::string gzip_of(std::string_view bytes) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  base::ensure(deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib is there");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  base::ensure(code == Z_STREAM_END, "the bound of zlib suffices");
  return out;
}

std::string brotli_of(std::string_view bytes) {
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = out.size();
  // Quality 5: about the speed of gzip, smaller; the pages' own files are packed harder when they are built.
  const auto done = BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                          reinterpret_cast<std::uint8_t*>(out.data()));
  base::ensure(done == BROTLI_TRUE, "the bound of brotli suffices");
  out.resize(size);
  return out;
}

std::string fingerprint(std::string_view bytes) { return documents::sha256(bytes).substr(0, 32); }

}  // namespace zielwerk::server
