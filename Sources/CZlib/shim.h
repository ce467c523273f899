#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not see. 47: window of 32 kB, zlib or gzip header found by itself. */
static inline int gage_inflate_init(z_stream *stream) { return inflateInit2(stream, 47); }

/* deflateInit2 is one too. -15: bare deflate, as zip members have it; -1: zlib's usual level. */
static inline int gage_deflate_init(z_stream *stream) {
    return deflateInit2(stream, -1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
