#ifndef LIK_ORT_API_SLOTS_H
#define LIK_ORT_API_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/* Where each function stands in ONNX Runtime's table, and how it is called.
 *
 * The order was fixed when each API version shipped; the library checks at compile time that it never moves (slot 101
 * ends version 1, 126 version 4, 169 version 8, 203 version 10). The highest slot used here belongs to version 11, which
 * every library since 1.11 answers for. Types of the library are opaque to us, hence void pointers. */

enum { LIK_ORT_API_VERSION = 11 };

enum {
    SLOT_GET_ERROR_MESSAGE = 2,
    SLOT_CREATE_ENV = 3,
    SLOT_CREATE_SESSION = 7,
    SLOT_RUN = 9,
    SLOT_CREATE_SESSION_OPTIONS = 10,
    SLOT_ENABLE_PROFILING = 14,
    SLOT_ENABLE_MEM_PATTERN = 16,
    SLOT_DISABLE_MEM_PATTERN = 17,
    SLOT_ENABLE_CPU_MEM_ARENA = 18,
    SLOT_DISABLE_CPU_MEM_ARENA = 19,
    SLOT_SET_SESSION_LOG_SEVERITY = 22,
    SLOT_SET_GRAPH_OPTIMIZATION = 23,
    SLOT_SET_INTRA_OP_THREADS = 24,
    SLOT_SET_INTER_OP_THREADS = 25,
    SLOT_SESSION_INPUT_COUNT = 30,
    SLOT_SESSION_OUTPUT_COUNT = 31,
    SLOT_SESSION_INPUT_TYPE = 33,
    SLOT_SESSION_OUTPUT_TYPE = 34,
    SLOT_SESSION_INPUT_NAME = 36,
    SLOT_SESSION_OUTPUT_NAME = 37,
    SLOT_CREATE_RUN_OPTIONS = 39,
    SLOT_CREATE_TENSOR_WITH_DATA = 49,
    SLOT_IS_TENSOR = 50,
    SLOT_TENSOR_DATA = 51,
    SLOT_CAST_TYPE_TO_TENSOR = 55,
    SLOT_TENSOR_ELEMENT_TYPE = 60,
    SLOT_DIMENSION_COUNT = 61,
    SLOT_DIMENSIONS = 62,
    SLOT_ELEMENT_COUNT = 64,
    SLOT_TENSOR_TYPE_AND_SHAPE = 65,
    SLOT_CREATE_CPU_MEMORY_INFO = 69,
    SLOT_ALLOCATOR_FREE = 76,
    SLOT_DEFAULT_ALLOCATOR = 78,
    SLOT_RELEASE_ENV = 92,
    SLOT_RELEASE_STATUS = 93,
    SLOT_RELEASE_MEMORY_INFO = 94,
    SLOT_RELEASE_SESSION = 95,
    SLOT_RELEASE_VALUE = 96,
    SLOT_RELEASE_RUN_OPTIONS = 97,
    SLOT_RELEASE_TYPE_INFO = 98,
    SLOT_RELEASE_TENSOR_TYPE_AND_SHAPE = 99,
    SLOT_RELEASE_SESSION_OPTIONS = 100,
    SLOT_AVAILABLE_PROVIDERS = 125,
    SLOT_RELEASE_AVAILABLE_PROVIDERS = 126,
    SLOT_ADD_RUN_CONFIG_ENTRY = 165,
    SLOT_APPEND_CUDA = 204,
    SLOT_CREATE_CUDA_OPTIONS = 205,
    SLOT_UPDATE_CUDA_OPTIONS = 206,
    SLOT_RELEASE_CUDA_OPTIONS = 208,
};

/* NULL is success. */
typedef void *ort_status;

typedef const char *(*ort_text_of)(const void *);
typedef void (*ort_release)(void *);
typedef ort_status (*ort_make)(void **);
typedef ort_status (*ort_on)(void *);
typedef ort_status (*ort_set_int)(void *, int);
typedef ort_status (*ort_set_text)(void *, const char *);
typedef ort_status (*ort_get_size)(const void *, size_t *);
typedef ort_status (*ort_get_int)(const void *, int *);
typedef ort_status (*ort_get_pointer)(const void *, void **);
typedef ort_status (*ort_get_name)(const void *, size_t index, void *allocator, char **name);
typedef ort_status (*ort_get_type)(const void *, size_t index, void **type);
typedef ort_status (*ort_create_env)(int severity, const char *log_id, void **env);
typedef ort_status (*ort_create_session)(void *env, const char *path, void *options, void **session);
typedef ort_status (*ort_create_memory_info)(int allocator_kind, int memory_kind, void **info);
typedef ort_status (*ort_create_tensor)(void *memory_info, void *data, size_t bytes, const int64_t *shape, size_t rank,
                                        int element_type, void **value);
typedef ort_status (*ort_get_dimensions)(const void *, int64_t *sizes, size_t count);
typedef ort_status (*ort_allocator_free)(void *allocator, void *memory);
typedef ort_status (*ort_run)(void *session, const void *options, const char *const *input_names,
                              const void *const *inputs, size_t input_count, const char *const *output_names,
                              size_t output_count, void **outputs);
typedef ort_status (*ort_add_entry)(void *, const char *key, const char *value);
typedef ort_status (*ort_get_providers)(char ***names, int *count);
typedef ort_status (*ort_release_providers)(char **names, int count);
typedef ort_status (*ort_append_cuda)(void *session_options, const void *cuda_options);
typedef ort_status (*ort_update_cuda)(void *cuda_options, const char *const *keys, const char *const *values,
                                      size_t count);

/* The function in a slot, as its type. */
#define ORT(runtime, slot, type) ((type)(runtime)->api[slot])

struct lik_ort_runtime {
    void *const *api;
    const char *version;
    void *env;
    /* "CPU memory", which every tensor that we hand over lies in. */
    void *memory_info;
    /* The library's own; frees the names that it hands out. */
    void *allocator;
};

/* Copies a failed status' text and releases the status; NULL for success. */
char *lik_ort_take(const struct lik_ort_runtime *runtime, ort_status status);

#endif
