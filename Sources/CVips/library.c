#include "CVips.h"

#include <dlfcn.h>

#include "library.h"

LikLibrary lik_library;

// The functions' addresses, out of libvips and the libraries that it is linked with; false: it is not there, or another.
static bool find_library(void) {
    void *library = dlopen("libvips.so.42", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        return false;
    }
#define LIK_FIND(name) && (lik_library.name = (__typeof__(lik_library.name)) dlsym(library, #name))
    return true LIK_FUNCTIONS(LIK_FIND);
#undef LIK_FIND
}

static void discard_message(const char *domain, GLogLevelFlags level, const char *message, void *data) {
    (void) domain;
    (void) level;
    (void) message;
    (void) data;
}

bool lik_start(void) {
    if (!find_library()) {
        return false;
    }
    // libvips prints a warning for each odd profile or EXIF block; nobody reads them on a server's stderr.
    CALL(g_log_set_handler)("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, discard_message, NULL);
    // The headers that we were built with lay out the structures that are looked into.
    const int interface = CALL(vips_version)(3) - CALL(vips_version)(5);
    if (interface != VIPS_LIBRARY_CURRENT - VIPS_LIBRARY_AGE || CALL(vips_init)("lik")) {
        return false;
    }
    // Photos are worked on in parallel by the callers, and no picture is decoded twice.
    CALL(vips_concurrency_set)(1);
    CALL(vips_cache_set_max)(0);
    // The loaders that libvips' authors do not fuzz, ImageMagick's above all, stay out of reach. Of those only JPEG 2000
    // is needed: BMP, which would come through ImageMagick, and PPM are read by Imaging itself.
    CALL(vips_block_untrusted_set)(TRUE);
    CALL(vips_operation_block_set)("VipsForeignLoadJp2k", FALSE);
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
    return name && CALL(vips_type_find)("VipsOperation", name) != 0;
}

const char *lik_version(void) {
    return CALL(vips_version_string)();
}

void lik_free(void *memory) {
    CALL(g_free)(memory);
}
