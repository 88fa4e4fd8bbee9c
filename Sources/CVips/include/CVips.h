// What Imaging needs of libvips: its C functions are variadic, which Swift cannot call.
//
// All functions may be called from any number of threads at once; one LikPicture belongs to one thread. None of them
// reports libvips' own error texts: libvips keeps these in one buffer for all threads, where they cannot be told apart.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LikLoader {
    LIK_LOADER_JPEG,
    LIK_LOADER_PNG,
    LIK_LOADER_WEBP,
    LIK_LOADER_HEIF,
    LIK_LOADER_TIFF,
    LIK_LOADER_GIF,
    LIK_LOADER_JPEG2000,
} LikLoader;

typedef struct LikHeader {
    // As stored, before the orientation is applied.
    int width;
    int height;
    // 1 to 8 as in EXIF; 1 where the loader has turned the picture itself (HEIF).
    int orientation;
    // Of the decoded, not yet converted picture.
    size_t bytes_per_pixel;
} LikHeader;

// A picture whose header has been read and whose pixels have not.
typedef struct LikPicture LikPicture;

// Starts libvips and blocks all loaders but those of LikLoader. To be called once, before anything else; false: failed.
bool lik_start(void);

// Whether this libvips was built with the loader. After lik_start.
bool lik_has_loader(LikLoader loader);

// libvips' version, a constant.
const char *lik_version(void);

// Reads a header with the loader named, whatever libvips would guess; NULL when that fails. The bytes must outlive the
// picture.
LikPicture *lik_open(LikLoader loader, const void *bytes, size_t length, LikHeader *header);

// The picture's EXIF block, owned by the picture; NULL when there is none.
const void *lik_exif(const LikPicture *picture, size_t *length);

// The embedded ICC profile, owned by the picture; NULL when there is none.
const void *lik_profile(const LikPicture *picture, size_t *length);

// Decodes into 3 * width * height bytes: upright, sRGB (by the embedded profile, if it is to be used and can be), alpha
// flattened on white. false: the file is damaged.
bool lik_read(LikPicture *picture, bool use_profile, uint8_t *rgb, size_t capacity);

void lik_close(LikPicture *picture);

// Encodes rows of RGB without padding; the result is freed with lik_free. NULL: failed.
void *lik_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, size_t *length);
void *lik_encode_png(const uint8_t *rgb, int width, int height, size_t *length);

// Draws one line of plain text (never read as markup) of `size` pixels: one byte of coverage per pixel, freed with
// lik_free. NULL: failed, or there is nothing to see.
uint8_t *lik_draw_text(const char *utf8, const char *families, int size, int *width, int *height);

void lik_free(void *memory);
