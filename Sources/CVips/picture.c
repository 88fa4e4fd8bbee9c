#include "CVips.h"

#include <stdlib.h>
#include <string.h>

#include "library.h"

// Rows that are decoded at a time.
enum { STRIP_HEIGHT = 32 };

struct LikPicture {
    VipsImage *image;
    int orientation;
};

// libvips keeps buffers for each thread that has used it. Threads that are not its own must give them back, or they
// stay until the process ends.
static void leave_thread(void) {
    CALL(vips_error_clear)();
    CALL(vips_thread_shutdown)();
}

static VipsImage *load(LikLoader loader, const void *bytes, size_t length) {
    VipsImage *image = NULL;
    void *data = (void *) bytes;
    const VipsAccess access = VIPS_ACCESS_SEQUENTIAL;
    const VipsFailOn fail_on = VIPS_FAIL_ON_ERROR;
    switch (loader) {
    case LIK_LOADER_JPEG:
        CALL(vips_jpegload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_PNG:
        CALL(vips_pngload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_WEBP:
        CALL(vips_webpload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_HEIF:
        CALL(vips_heifload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_TIFF:
        CALL(vips_tiffload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_GIF:
        CALL(vips_gifload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case LIK_LOADER_JPEG2000:
        CALL(vips_jp2kload_buffer)(data, length, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    }
    return image;
}

LikPicture *lik_open(LikLoader loader, const void *bytes, size_t length, LikHeader *header) {
    VipsImage *image = load(loader, bytes, length);
    if (!image) {
        leave_thread();
        return NULL;
    }
    LikPicture *picture = calloc(1, sizeof *picture);
    if (!picture) {
        CALL(g_object_unref)(image);
        leave_thread();
        return NULL;
    }
    picture->image = image;
    // libheif has turned the picture by the file's own properties; its EXIF orientation says the same again.
    picture->orientation = loader == LIK_LOADER_HEIF ? 1 : CALL(vips_image_get_orientation)(image);
    header->width = image->Xsize;
    header->height = image->Ysize;
    header->orientation = picture->orientation;
    header->bytes_per_pixel = CALL(vips_format_sizeof_unsafe)(image->BandFmt) * image->Bands;
    return picture;
}

static const void *blob(VipsImage *image, const char *name, size_t *length) {
    const void *data = NULL;
    if (!CALL(vips_image_get_typeof)(image, name) || CALL(vips_image_get_blob)(image, name, &data, length)) {
        return NULL;
    }
    return data;
}

const void *lik_exif(const LikPicture *picture, size_t *length) {
    return blob(picture->image, VIPS_META_EXIF_NAME, length);
}

const void *lik_profile(const LikPicture *picture, size_t *length) {
    return blob(picture->image, VIPS_META_ICC_NAME, length);
}

void lik_close(LikPicture *picture) {
    if (!picture) {
        return;
    }
    CALL(g_object_unref)(picture->image);
    free(picture);
    leave_thread();
}

// Each step takes its input's reference and gives back a new one, or NULL.

static VipsImage *next(VipsImage *in, VipsImage *out) {
    CALL(g_object_unref)(in);
    return out;
}

// Whether the pixels are what a device's profile speaks of: a Lab TIFF carries its profile only to say that it is Lab.
static bool has_device_profile(VipsImage *in) {
    if (!CALL(vips_image_get_typeof)(in, VIPS_META_ICC_NAME) || in->Coding != VIPS_CODING_NONE) {
        return false;
    }
    switch (CALL(vips_image_guess_interpretation)(in)) {
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_CMYK: return true;
    default: return false;
    }
}

static VipsImage *to_srgb(VipsImage *in, bool use_profile) {
    VipsImage *out = NULL;
    if (use_profile && has_device_profile(in) &&
        !CALL(vips_icc_transform)(in, &out, "srgb", "embedded", TRUE, "depth", 8, NULL)) {
        return next(in, out);
    }
    // No profile, or one that is broken or of another kind of colour: the pixels are taken for what they look like.
    VipsInterpretation guess = CALL(vips_image_guess_interpretation)(in);
    if (guess == VIPS_INTERPRETATION_MULTIBAND || guess == VIPS_INTERPRETATION_HISTOGRAM) {
        guess = in->Bands < 3 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
    }
    CALL(vips_colourspace)(in, &out, VIPS_INTERPRETATION_sRGB, "source_space", guess, NULL);
    return next(in, out);
}

static VipsImage *without_alpha(VipsImage *in) {
    if (!CALL(vips_image_hasalpha)(in)) {
        return in;
    }
    double white[3] = {255, 255, 255};
    VipsArrayDouble *background = CALL(vips_array_double_new)(white, in->Bands > 2 ? 3 : 1);
    VipsImage *out = NULL;
    CALL(vips_flatten)(in, &out, "background", background, NULL);
    CALL(vips_area_unref)((VipsArea *) background);
    return next(in, out);
}

static VipsImage *to_bytes(VipsImage *in) {
    if (in->BandFmt == VIPS_FORMAT_UCHAR) {
        return in;
    }
    VipsImage *out = NULL;
    CALL(vips_cast)(in, &out, VIPS_FORMAT_UCHAR, NULL);
    return next(in, out);
}

static VipsImage *to_rgb(VipsImage *in, bool use_profile) {
    CALL(g_object_ref)(in);
    VipsImage *image = to_srgb(in, use_profile);
    if (image) {
        image = without_alpha(image);
    }
    if (image) {
        image = to_bytes(image);
    }
    return image;
}

// Where the pixels of one strip go: the offset of (0, y) and what one step along x and along y adds, in pixels.
typedef struct {
    ptrdiff_t origin;
    ptrdiff_t along_x;
    ptrdiff_t along_y;
} Placement;

static Placement placement(int orientation, ptrdiff_t width, ptrdiff_t height) {
    switch (orientation) {
    case 2: return (Placement) {width - 1, -1, width};
    case 3: return (Placement) {width * height - 1, -1, -width};
    case 4: return (Placement) {width * (height - 1), 1, -width};
    case 5: return (Placement) {0, height, 1};
    case 6: return (Placement) {height - 1, height, -1};
    case 7: return (Placement) {width * height - 1, -height, -1};
    case 8: return (Placement) {height * (width - 1), -height, 1};
    default: return (Placement) {0, 1, width};
    }
}

// Of one pixel of bytes.
static inline const uint8_t *address(const VipsRegion *region, int x, int row, int bands) {
    return region->data + (ptrdiff_t) (row - region->valid.top) * region->bpl +
           (ptrdiff_t) (x - region->valid.left) * bands;
}

static inline void copy_pixel(uint8_t *target, const uint8_t *source, bool grey) {
    target[0] = source[0];
    target[1] = source[grey ? 0 : 1];
    target[2] = source[grey ? 0 : 2];
}

static void copy_strip(VipsRegion *region, const VipsRect *strip, int orientation, uint8_t *rgb) {
    const int bands = region->im->Bands;
    const bool grey = bands < 3;
    const Placement place = placement(orientation, region->im->Xsize, region->im->Ysize);
    if (orientation < 5) {
        for (int row = strip->top; row < strip->top + strip->height; row++) {
            const uint8_t *source = address(region, 0, row, bands);
            uint8_t *target = rgb + 3 * (place.origin + row * place.along_y);
            if (place.along_x == 1 && bands == 3) {
                memcpy(target, source, 3 * (size_t) strip->width);
                continue;
            }
            for (int x = 0; x < strip->width; x++) {
                copy_pixel(target + 3 * x * place.along_x, source + (size_t) x * bands, grey);
            }
        }
        return;
    }
    // Columns become rows: the strip's rows are the inner loop, so that what is written lies together.
    for (int x = 0; x < strip->width; x++) {
        for (int row = strip->top; row < strip->top + strip->height; row++) {
            const uint8_t *source = address(region, x, row, bands);
            copy_pixel(rgb + 3 * (place.origin + x * place.along_x + row * place.along_y), source, grey);
        }
    }
}

bool lik_read(LikPicture *picture, bool use_profile, uint8_t *rgb, size_t capacity) {
    VipsImage *image = to_rgb(picture->image, use_profile);
    if (!image) {
        return false;
    }
    bool done = false;
    VipsRegion *region = NULL;
    if (capacity == 3 * (size_t) image->Xsize * (size_t) image->Ysize) {
        region = CALL(vips_region_new)(image);
    }
    if (region) {
        done = true;
        // By strips in this very thread: no second copy of the picture, none of libvips' threads.
        for (int top = 0; done && top < image->Ysize; top += STRIP_HEIGHT) {
            VipsRect strip = {0, top, image->Xsize, VIPS_MIN(STRIP_HEIGHT, image->Ysize - top)};
            done = CALL(vips_region_prepare)(region, &strip) == 0;
            if (done) {
                copy_strip(region, &strip, picture->orientation, rgb);
            }
        }
        CALL(g_object_unref)(region);
    }
    CALL(g_object_unref)(image);
    return done;
}
