#include "CVips.h"

#include "library.h"

// Wraps the caller's pixels without a copy; NULL: failed.
static VipsImage *wrap(const uint8_t *rgb, int width, int height) {
    const size_t size = 3 * (size_t) width * (size_t) height;
    VipsImage *raw = CALL(vips_image_new_from_memory)(rgb, size, width, height, 3, VIPS_FORMAT_UCHAR);
    if (!raw) {
        return NULL;
    }
    VipsImage *tagged = NULL;
    CALL(vips_copy)(raw, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    CALL(g_object_unref)(raw);
    return tagged;
}

static void *finish(VipsImage *image, int failed, void *data) {
    CALL(g_object_unref)(image);
    CALL(vips_error_clear)();
    CALL(vips_thread_shutdown)();
    return failed ? NULL : data;
}

void *lik_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, size_t *length) {
    VipsImage *image = wrap(rgb, width, height);
    if (!image) {
        return NULL;
    }
    void *data = NULL;
    int failed = CALL(vips_jpegsave_buffer)(image, &data, length, "Q", quality, "strip", TRUE, NULL);
    return finish(image, failed, data);
}

void *lik_encode_png(const uint8_t *rgb, int width, int height, size_t *length) {
    VipsImage *image = wrap(rgb, width, height);
    if (!image) {
        return NULL;
    }
    void *data = NULL;
    int failed = CALL(vips_pngsave_buffer)(image, &data, length, "compression", 6, "strip", TRUE, NULL);
    return finish(image, failed, data);
}

uint8_t *lik_draw_text(const char *utf8, const char *families, int size, int *width, int *height) {
    // vips_text reads Pango markup; at 72 dots per inch a point is a pixel.
    char *escaped = CALL(g_markup_escape_text)(utf8, -1);
    char *font = CALL(g_strdup_printf)("%s %d", families, size);
    VipsImage *mask = NULL;
    int failed = CALL(vips_text)(&mask, escaped, "font", font, "dpi", 72, NULL);
    CALL(g_free)(font);
    CALL(g_free)(escaped);
    if (failed) {
        CALL(vips_error_clear)();
        CALL(vips_thread_shutdown)();
        return NULL;
    }
    size_t written = 0;
    uint8_t *pixels = NULL;
    if (mask->Bands == 1 && mask->BandFmt == VIPS_FORMAT_UCHAR) {
        *width = mask->Xsize;
        *height = mask->Ysize;
        pixels = CALL(vips_image_write_to_memory)(mask, &written);
    }
    return finish(mask, pixels == NULL, pixels);
}
