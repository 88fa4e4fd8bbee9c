#ifndef LIK_ONNXRUNTIME_H
#define LIK_ONNXRUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ONNX Runtime, loaded while the program runs.
 *
 * No package carries the library's C header, and the library is not linked: a machine may have the CPU build or the CUDA
 * build of it. Its C API is one table of function pointers whose order is fixed for ever (newer versions only append), so
 * this shim declares the slots that it calls, by number, and nothing else.
 *
 * Every function that can fail returns NULL when all went well, or a text that says what did not; the caller hands the
 * text to lik_ort_free_text. A runtime and a session may be used by several threads at once. */

/* The loaded library with its environment. It lives as long as the process: the library cannot be unloaded safely. */
typedef struct lik_ort_runtime lik_ort_runtime;
/* A model, ready to run. */
typedef struct lik_ort_session lik_ort_session;
/* What one run put out. */
typedef struct lik_ort_outputs lik_ort_outputs;

typedef struct {
    /* Threads inside one operator; 0 lets ONNX Runtime choose. */
    int32_t intra_op_threads;
    /* Threads across operators; used only by graphs with parallel branches. */
    int32_t inter_op_threads;
    /* 0 none, 1 basic, 2 extended, 99 all. */
    int32_t graph_optimization;
    /* Keeps freed working memory for the next run. */
    bool uses_memory_arena;
    /* Plans the working memory of a run ahead, from the first run with the same shapes. */
    bool uses_memory_pattern;
    /* Gives the arena's free memory back after each run. */
    bool shrinks_arena_after_run;
    /* The CUDA device to run on, or -1 for the CPU. */
    int32_t cuda_device;
    /* Where the times of a session's operators are written when it is closed, as the beginning of a file's name; NULL:
     * nowhere. */
    const char *profile;
} lik_ort_options;

/* One input: `rank` sizes and the values they multiply up to, in row-major order. The values are read in place. */
typedef struct {
    const char *name;
    const float *values;
    const int64_t *shape;
    size_t rank;
} lik_ort_input;

/* The number that ONNX has for 32-bit floats among its element types. */
enum { LIK_ORT_FLOAT32 = 1 };

void lik_ort_free_text(char *text);

char *lik_ort_open(const char *library_path, lik_ort_runtime **runtime);
void lik_ort_close(lik_ort_runtime *runtime);
/* Lives as long as the runtime. */
const char *lik_ort_version(const lik_ort_runtime *runtime);
/* Whether the library was built with an execution provider, for example CUDAExecutionProvider. */
bool lik_ort_has_provider(const lik_ort_runtime *runtime, const char *provider);

char *lik_ort_session_open(lik_ort_runtime *runtime, const char *model_path, const lik_ort_options *options,
                           lik_ort_session **session);
void lik_ort_session_close(lik_ort_session *session);
size_t lik_ort_session_input_count(const lik_ort_session *session);
size_t lik_ort_session_output_count(const lik_ort_session *session);
/* The names live as long as the session. */
const char *lik_ort_session_input_name(const lik_ort_session *session, size_t index);
const char *lik_ort_session_output_name(const lik_ort_session *session, size_t index);
/* ONNX's element type, or 0 for what is no tensor. */
int32_t lik_ort_session_input_type(const lik_ort_session *session, size_t index);
int32_t lik_ort_session_output_type(const lik_ort_session *session, size_t index);

char *lik_ort_run(lik_ort_session *session, const lik_ort_input *inputs, size_t input_count,
                  const char *const *output_names, size_t output_count, lik_ort_outputs **outputs);
size_t lik_ort_outputs_rank(const lik_ort_outputs *outputs, size_t index);
const int64_t *lik_ort_outputs_shape(const lik_ort_outputs *outputs, size_t index);
size_t lik_ort_outputs_value_count(const lik_ort_outputs *outputs, size_t index);
/* All three live as long as the outputs. */
const float *lik_ort_outputs_values(const lik_ort_outputs *outputs, size_t index);
void lik_ort_outputs_free(lik_ort_outputs *outputs);

#endif
