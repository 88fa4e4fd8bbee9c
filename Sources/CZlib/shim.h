#ifndef LIK_CZLIB_SHIM_H
#define LIK_CZLIB_SHIM_H

#include <zlib.h>

/// Begins a gzip stream; `deflateInit2` is a macro and cannot be called from Swift.
static inline int lik_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
