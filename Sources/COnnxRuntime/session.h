#ifndef LIK_ORT_SESSION_H
#define LIK_ORT_SESSION_H

#include "api_slots.h"
#include "include/lik_onnxruntime.h"

/* A named place where a tensor goes in or comes out. */
typedef struct {
    /* Owned by the runtime's allocator. */
    char *name;
    int32_t element_type;
} lik_ort_port;

struct lik_ort_session {
    lik_ort_runtime *runtime;
    void *session;
    /* NULL for the defaults. Read only, so that all runs share it. */
    void *run_options;
    lik_ort_port *inputs;
    lik_ort_port *outputs;
    size_t input_count;
    size_t output_count;
};

#endif
