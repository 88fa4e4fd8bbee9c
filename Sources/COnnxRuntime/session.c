#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Runs a call of the library and leaves the function with its text when it fails. */
#define TRY(call)                                        \
    do {                                                 \
        char *error_ = lik_ort_take(runtime, (call));    \
        if (error_) return error_;                       \
    } while (0)

static char *append_cuda(lik_ort_runtime *runtime, void *session_options, int32_t device) {
    void *cuda = NULL;
    TRY(ORT(runtime, SLOT_CREATE_CUDA_OPTIONS, ort_make)(&cuda));
    char number[16];
    snprintf(number, sizeof number, "%d", device);
    const char *keys[] = {"device_id"};
    const char *values[] = {number};
    char *error = lik_ort_take(runtime, ORT(runtime, SLOT_UPDATE_CUDA_OPTIONS, ort_update_cuda)(cuda, keys, values, 1));
    if (!error) error = lik_ort_take(runtime, ORT(runtime, SLOT_APPEND_CUDA, ort_append_cuda)(session_options, cuda));
    ORT(runtime, SLOT_RELEASE_CUDA_OPTIONS, ort_release)(cuda);
    return error;
}

static char *configure(lik_ort_runtime *runtime, void *options, const lik_ort_options *wanted) {
    enum { SEVERITY_FATAL = 4 };
    TRY(ORT(runtime, SLOT_SET_SESSION_LOG_SEVERITY, ort_set_int)(options, SEVERITY_FATAL));
    TRY(ORT(runtime, SLOT_SET_INTRA_OP_THREADS, ort_set_int)(options, wanted->intra_op_threads));
    TRY(ORT(runtime, SLOT_SET_INTER_OP_THREADS, ort_set_int)(options, wanted->inter_op_threads));
    TRY(ORT(runtime, SLOT_SET_GRAPH_OPTIMIZATION, ort_set_int)(options, wanted->graph_optimization));
    int arena = wanted->uses_memory_arena ? SLOT_ENABLE_CPU_MEM_ARENA : SLOT_DISABLE_CPU_MEM_ARENA;
    TRY(ORT(runtime, arena, ort_on)(options));
    int pattern = wanted->uses_memory_pattern ? SLOT_ENABLE_MEM_PATTERN : SLOT_DISABLE_MEM_PATTERN;
    TRY(ORT(runtime, pattern, ort_on)(options));
    if (wanted->profile) TRY(ORT(runtime, SLOT_ENABLE_PROFILING, ort_set_text)(options, wanted->profile));
    return wanted->cuda_device >= 0 ? append_cuda(runtime, options, wanted->cuda_device) : NULL;
}

/* What the ports of one side are asked by. */
typedef struct {
    int count, name, type;
} port_slots;

static char *read_port(lik_ort_runtime *runtime, void *session, size_t index, port_slots slots, lik_ort_port *port) {
    TRY(ORT(runtime, slots.name, ort_get_name)(session, index, runtime->allocator, &port->name));
    void *type = NULL;
    TRY(ORT(runtime, slots.type, ort_get_type)(session, index, &type));
    void *tensor = NULL; /* belongs to `type`; stays NULL for sequences and maps */
    char *error = lik_ort_take(runtime, ORT(runtime, SLOT_CAST_TYPE_TO_TENSOR, ort_get_pointer)(type, &tensor));
    int element = 0;
    if (!error && tensor) {
        error = lik_ort_take(runtime, ORT(runtime, SLOT_TENSOR_ELEMENT_TYPE, ort_get_int)(tensor, &element));
    }
    ORT(runtime, SLOT_RELEASE_TYPE_INFO, ort_release)(type);
    port->element_type = element;
    return error;
}

static char *read_ports(lik_ort_runtime *runtime, void *session, port_slots slots, lik_ort_port **ports,
                        size_t *count) {
    TRY(ORT(runtime, slots.count, ort_get_size)(session, count));
    *ports = calloc(*count ? *count : 1, sizeof **ports);
    if (!*ports) {
        *count = 0;
        return strdup("out of memory");
    }
    for (size_t i = 0; i < *count; i++) {
        char *error = read_port(runtime, session, i, slots, &(*ports)[i]);
        if (error) return error;
    }
    return NULL;
}

static char *make_run_options(lik_ort_runtime *runtime, void **options) {
    TRY(ORT(runtime, SLOT_CREATE_RUN_OPTIONS, ort_make)(options));
    TRY(ORT(runtime, SLOT_ADD_RUN_CONFIG_ENTRY, ort_add_entry)(
        *options, "memory.enable_memory_arena_shrinkage", "cpu:0"));
    return NULL;
}

static char *load(lik_ort_session *made, const char *path, const lik_ort_options *wanted) {
    lik_ort_runtime *runtime = made->runtime;
    void *options = NULL;
    TRY(ORT(runtime, SLOT_CREATE_SESSION_OPTIONS, ort_make)(&options));
    char *error = configure(runtime, options, wanted);
    if (!error) {
        error = lik_ort_take(runtime, ORT(runtime, SLOT_CREATE_SESSION, ort_create_session)(
                                          runtime->env, path, options, &made->session));
    }
    ORT(runtime, SLOT_RELEASE_SESSION_OPTIONS, ort_release)(options);
    if (error) return error;
    port_slots inputs = {SLOT_SESSION_INPUT_COUNT, SLOT_SESSION_INPUT_NAME, SLOT_SESSION_INPUT_TYPE};
    port_slots outputs = {SLOT_SESSION_OUTPUT_COUNT, SLOT_SESSION_OUTPUT_NAME, SLOT_SESSION_OUTPUT_TYPE};
    error = read_ports(runtime, made->session, inputs, &made->inputs, &made->input_count);
    if (!error) error = read_ports(runtime, made->session, outputs, &made->outputs, &made->output_count);
    if (!error && wanted->uses_memory_arena && wanted->shrinks_arena_after_run) {
        error = make_run_options(runtime, &made->run_options);
    }
    return error;
}

char *lik_ort_session_open(lik_ort_runtime *runtime, const char *model_path, const lik_ort_options *options,
                           lik_ort_session **session) {
    lik_ort_session *made = calloc(1, sizeof *made);
    if (!made) return strdup("out of memory");
    made->runtime = runtime;
    char *error = load(made, model_path, options);
    if (error) {
        lik_ort_session_close(made);
        return error;
    }
    *session = made;
    return NULL;
}

static void free_ports(lik_ort_runtime *runtime, lik_ort_port *ports, size_t count) {
    for (size_t i = 0; ports && i < count; i++) {
        if (!ports[i].name) continue;
        ort_status status = ORT(runtime, SLOT_ALLOCATOR_FREE, ort_allocator_free)(runtime->allocator, ports[i].name);
        free(lik_ort_take(runtime, status));
    }
    free(ports);
}

void lik_ort_session_close(lik_ort_session *session) {
    if (!session) return;
    lik_ort_runtime *runtime = session->runtime;
    free_ports(runtime, session->inputs, session->input_count);
    free_ports(runtime, session->outputs, session->output_count);
    if (session->run_options) ORT(runtime, SLOT_RELEASE_RUN_OPTIONS, ort_release)(session->run_options);
    if (session->session) ORT(runtime, SLOT_RELEASE_SESSION, ort_release)(session->session);
    free(session);
}

size_t lik_ort_session_input_count(const lik_ort_session *session) { return session->input_count; }
size_t lik_ort_session_output_count(const lik_ort_session *session) { return session->output_count; }

const char *lik_ort_session_input_name(const lik_ort_session *session, size_t index) {
    return session->inputs[index].name;
}

const char *lik_ort_session_output_name(const lik_ort_session *session, size_t index) {
    return session->outputs[index].name;
}

int32_t lik_ort_session_input_type(const lik_ort_session *session, size_t index) {
    return session->inputs[index].element_type;
}

int32_t lik_ort_session_output_type(const lik_ort_session *session, size_t index) {
    return session->outputs[index].element_type;
}
