#include "CVips.h"

#include <vips/vips.h>

static void discard_message(const char *domain, GLogLevelFlags level, const char *message, void *data) {
    (void) domain;
    (void) level;
    (void) message;
    (void) data;
}

bool lik_start(void) {
    // libvips prints a warning for each odd profile or EXIF block; nobody reads them on a server's stderr.
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, discard_message, NULL);
    if (VIPS_INIT("lik")) {
        return false;
    }
    // Photos are worked on in parallel by the callers, and no picture is decoded twice.
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    // The loaders that libvips' authors do not fuzz, ImageMagick's above all, stay out of reach. Of those only JPEG 2000
    // is needed: BMP, which would come through ImageMagick, and PPM are read by Imaging itself.
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoadJp2k", FALSE);
    return true;
}

static const char *operation(LikLoader loader) {
    switch (loader) {
    case LIK_LOADER_JPEG:
        return "jpegload_buffer";
    case LIK_LOADER_PNG:
        return "pngload_buffer";
    case LIK_LOADER_WEBP:
        return "webpload_buffer";
    case LIK_LOADER_HEIF:
        return "heifload_buffer";
    case LIK_LOADER_TIFF:
        return "tiffload_buffer";
    case LIK_LOADER_GIF:
        return "gifload_buffer";
    case LIK_LOADER_JPEG2000:
        return "jp2kload_buffer";
    }
    return NULL;
}

bool lik_has_loader(LikLoader loader) {
    const char *name = operation(loader);
    return name && vips_type_find("VipsOperation", name) != 0;
}

const char *lik_version(void) {
    return vips_version_string();
}

void lik_free(void *memory) {
    g_free(memory);
}
