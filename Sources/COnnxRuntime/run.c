#include <stdlib.h>
#include <string.h>

#include "session.h"

/* One output: the library's tensor and what was read off it. */
typedef struct {
    void *value;
    int64_t *shape;
    size_t rank;
    size_t value_count;
    const float *values;
} output;

struct lik_ort_outputs {
    lik_ort_runtime *runtime;
    size_t count;
    output items[];
};

static char *read_shape(lik_ort_runtime *runtime, output *item) {
    void *info = NULL;
    char *error =
        lik_ort_take(runtime, ORT(runtime, SLOT_TENSOR_TYPE_AND_SHAPE, ort_get_pointer)(item->value, &info));
    if (error) return error;
    int type = 0;
    error = lik_ort_take(runtime, ORT(runtime, SLOT_TENSOR_ELEMENT_TYPE, ort_get_int)(info, &type));
    if (!error && type != LIK_ORT_FLOAT32) error = strdup("an output's elements are not 32-bit floats");
    if (!error) error = lik_ort_take(runtime, ORT(runtime, SLOT_DIMENSION_COUNT, ort_get_size)(info, &item->rank));
    if (!error) error = lik_ort_take(runtime, ORT(runtime, SLOT_ELEMENT_COUNT, ort_get_size)(info, &item->value_count));
    if (!error) {
        item->shape = calloc(item->rank ? item->rank : 1, sizeof *item->shape);
        error = item->shape ? lik_ort_take(runtime, ORT(runtime, SLOT_DIMENSIONS, ort_get_dimensions)(
                                                        info, item->shape, item->rank))
                            : strdup("out of memory");
    }
    ORT(runtime, SLOT_RELEASE_TENSOR_TYPE_AND_SHAPE, ort_release)(info);
    return error;
}

static char *read_output(lik_ort_runtime *runtime, output *item) {
    int is_tensor = 0;
    char *error = lik_ort_take(runtime, ORT(runtime, SLOT_IS_TENSOR, ort_get_int)(item->value, &is_tensor));
    if (!error && !is_tensor) error = strdup("an output is no tensor");
    if (!error) error = read_shape(runtime, item);
    if (error) return error;
    void *data = NULL;
    error = lik_ort_take(runtime, ORT(runtime, SLOT_TENSOR_DATA, ort_get_pointer)(item->value, &data));
    item->values = data;
    return error;
}

static char *make_tensor(lik_ort_runtime *runtime, const lik_ort_input *input, void **value) {
    size_t count = 1;
    for (size_t i = 0; i < input->rank; i++) count *= (size_t)input->shape[i];
    /* The library takes a writable pointer and does not write to inputs. */
    return lik_ort_take(runtime, ORT(runtime, SLOT_CREATE_TENSOR_WITH_DATA, ort_create_tensor)(
                                     runtime->memory_info, (void *)input->values, count * sizeof(float), input->shape,
                                     input->rank, LIK_ORT_FLOAT32, value));
}

char *lik_ort_run(lik_ort_session *session, const lik_ort_input *inputs, size_t input_count,
                  const char *const *output_names, size_t output_count, lik_ort_outputs **outputs) {
    lik_ort_runtime *runtime = session->runtime;
    lik_ort_outputs *made = calloc(1, sizeof *made + output_count * sizeof made->items[0]);
    const char **input_names = calloc(input_count + 1, sizeof *input_names);
    void **values = calloc(input_count + output_count + 1, sizeof *values);
    char *error = made && input_names && values ? NULL : strdup("out of memory");
    for (size_t i = 0; !error && i < input_count; i++) {
        input_names[i] = inputs[i].name;
        error = make_tensor(runtime, &inputs[i], &values[i]);
    }
    if (!error) {
        error = lik_ort_take(runtime, ORT(runtime, SLOT_RUN, ort_run)(
                                          session->session, session->run_options, input_names,
                                          (const void *const *)values, input_count, output_names, output_count,
                                          values + input_count));
    }
    for (size_t i = 0; values && i < input_count; i++) {
        if (values[i]) ORT(runtime, SLOT_RELEASE_VALUE, ort_release)(values[i]);
    }
    if (made) {
        made->runtime = runtime;
        made->count = output_count;
        for (size_t i = 0; values && i < output_count; i++) made->items[i].value = values[input_count + i];
        for (size_t i = 0; !error && i < output_count; i++) error = read_output(runtime, &made->items[i]);
    }
    free(values);
    free(input_names);
    if (error) {
        lik_ort_outputs_free(made);
        return error;
    }
    *outputs = made;
    return NULL;
}

size_t lik_ort_outputs_rank(const lik_ort_outputs *outputs, size_t index) { return outputs->items[index].rank; }

const int64_t *lik_ort_outputs_shape(const lik_ort_outputs *outputs, size_t index) {
    return outputs->items[index].shape;
}

size_t lik_ort_outputs_value_count(const lik_ort_outputs *outputs, size_t index) {
    return outputs->items[index].value_count;
}

const float *lik_ort_outputs_values(const lik_ort_outputs *outputs, size_t index) {
    return outputs->items[index].values;
}

void lik_ort_outputs_free(lik_ort_outputs *outputs) {
    if (!outputs) return;
    for (size_t i = 0; i < outputs->count; i++) {
        if (outputs->items[i].value) {
            ORT(outputs->runtime, SLOT_RELEASE_VALUE, ort_release)(outputs->items[i].value);
        }
        free(outputs->items[i].shape);
    }
    free(outputs);
}
