// The files of web/ and openapi.yaml, as bytes in the binary.
#ifndef LIK_WEB_FILES_H
#define LIK_WEB_FILES_H

#include <stddef.h>

/// A file that was compiled in.
typedef struct {
    /// Where it lies in the repository: "web/app.js".
    const char *_Nonnull name;
    /// Its bytes; constant data of the program, there as long as it runs.
    const unsigned char *_Nonnull bytes;
    size_t count;
} lik_web_file;

/// How many files there are.
size_t lik_web_file_count(void);

/// File number `index`, 0 up to the count.
lik_web_file lik_web_file_at(size_t index);

#endif
