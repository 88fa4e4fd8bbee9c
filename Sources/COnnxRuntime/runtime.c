#include "include/lik_onnxruntime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "api_slots.h"

/* What the library's one exported function returns. */
typedef struct {
    const void *(*get_api)(uint32_t version);
    const char *(*get_version)(void);
} ort_api_base;

/* "Fatal": what fails comes back as a text from the call itself, and need not stand in the log too. */
enum { LOG_SEVERITY_FATAL = 4 };
enum { ALLOCATOR_DEVICE = 0, MEMORY_DEFAULT = 0 };

void lik_ort_free_text(char *text) { free(text); }

char *lik_ort_take(const lik_ort_runtime *runtime, ort_status status) {
    if (!status) return NULL;
    char *text = strdup(ORT(runtime, SLOT_GET_ERROR_MESSAGE, ort_text_of)(status));
    ORT(runtime, SLOT_RELEASE_STATUS, ort_release)(status);
    /* Without memory for the text the failure must not pass for success. */
    return text ? text : (char *)calloc(1, 1);
}

char *lik_ort_open(const char *library_path, lik_ort_runtime **out) {
    void *library = dlopen(library_path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return strdup(dlerror());
    const ort_api_base *(*get_base)(void) = (const ort_api_base *(*)(void))dlsym(library, "OrtGetApiBase");
    if (!get_base) {
        dlclose(library);
        return strdup("it exports no OrtGetApiBase");
    }
    const ort_api_base *base = get_base();
    void *const *api = base->get_api(LIK_ORT_API_VERSION);
    if (!api) return strdup("it is older than version 1.11");

    lik_ort_runtime *runtime = calloc(1, sizeof *runtime);
    if (!runtime) return strdup("out of memory");
    runtime->api = api;
    runtime->version = base->get_version();
    char *error = lik_ort_take(
        runtime, ORT(runtime, SLOT_CREATE_ENV, ort_create_env)(LOG_SEVERITY_FATAL, "lik", &runtime->env));
    if (!error) {
        error = lik_ort_take(runtime, ORT(runtime, SLOT_CREATE_CPU_MEMORY_INFO, ort_create_memory_info)(
                                          ALLOCATOR_DEVICE, MEMORY_DEFAULT, &runtime->memory_info));
    }
    if (!error) error = lik_ort_take(runtime, ORT(runtime, SLOT_DEFAULT_ALLOCATOR, ort_make)(&runtime->allocator));
    if (error) {
        lik_ort_close(runtime);
        return error;
    }
    *out = runtime;
    return NULL;
}

void lik_ort_close(lik_ort_runtime *runtime) {
    if (!runtime) return;
    if (runtime->memory_info) ORT(runtime, SLOT_RELEASE_MEMORY_INFO, ort_release)(runtime->memory_info);
    if (runtime->env) ORT(runtime, SLOT_RELEASE_ENV, ort_release)(runtime->env);
    free(runtime);
}

const char *lik_ort_version(const lik_ort_runtime *runtime) { return runtime->version; }

bool lik_ort_has_provider(const lik_ort_runtime *runtime, const char *provider) {
    char **names = NULL;
    int count = 0;
    char *error = lik_ort_take(runtime, ORT(runtime, SLOT_AVAILABLE_PROVIDERS, ort_get_providers)(&names, &count));
    if (error) {
        free(error);
        return false;
    }
    bool found = false;
    for (int i = 0; i < count; i++) found = found || strcmp(names[i], provider) == 0;
    free(lik_ort_take(runtime, ORT(runtime, SLOT_RELEASE_AVAILABLE_PROVIDERS, ort_release_providers)(names, count)));
    return found;
}
