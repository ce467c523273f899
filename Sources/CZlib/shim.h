#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not see. 47: window of 32 kB, zlib or gzip header found by itself. */
static inline int gage_inflate_init(z_stream *stream) { return inflateInit2(stream, 47); }
