// libvips and GLib as they are called here: through pointers, so that the library and the seventy that come with it are
// loaded when the first photo needs them and not with the program.
#pragma once
#include <vips/vips.h>

// Every function that is called.
#define LIK_FUNCTIONS(F)                                                                                               \
    F(vips_init) F(vips_version) F(vips_version_string) F(vips_concurrency_set) F(vips_cache_set_max)                  \
    F(vips_block_untrusted_set) F(vips_operation_block_set) F(vips_type_find)                                          \
    F(vips_error_clear) F(vips_thread_shutdown) F(vips_area_unref) F(vips_array_double_new)                            \
    F(vips_jpegload_buffer) F(vips_pngload_buffer) F(vips_webpload_buffer) F(vips_heifload_buffer)                     \
    F(vips_tiffload_buffer) F(vips_gifload_buffer) F(vips_jp2kload_buffer)                                             \
    F(vips_jpegsave_buffer) F(vips_pngsave_buffer) F(vips_text)                                                        \
    F(vips_image_new_from_memory) F(vips_image_write_to_memory) F(vips_image_get_orientation)                          \
    F(vips_image_get_typeof) F(vips_image_get_blob) F(vips_image_guess_interpretation) F(vips_image_hasalpha)          \
    F(vips_format_sizeof_unsafe) F(vips_copy) F(vips_icc_transform) F(vips_colourspace) F(vips_flatten) F(vips_cast)   \
    F(vips_region_new) F(vips_region_prepare)                                                                          \
    F(g_object_ref) F(g_object_unref) F(g_free) F(g_log_set_handler) F(g_markup_escape_text) F(g_strdup_printf)

typedef struct LikLibrary {
#define LIK_POINTER(name) __typeof__(name) *name;
    LIK_FUNCTIONS(LIK_POINTER)
#undef LIK_POINTER
} LikLibrary;

// Filled by lik_start, and only read afterwards.
extern LikLibrary lik_library;

// CALL(vips_copy)(in, &out, NULL)
#define CALL(name) (*lik_library.name)
