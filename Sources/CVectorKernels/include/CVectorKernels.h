// Products of vectors with many others, by the widest instructions that the processor has.
//
// Vectors lie in blocks, component by component: component d of the vector in lane l of block b is at
// blocks[(b * dimension + d) * LANES + l]. Queries lie one after another. The product of query q with that vector goes to
// products[q * stride + b * LANES + l].
//
// Each product is summed over the components in their order, with or without fused multiply and add: its last bits differ
// from processor to processor, within the bounds that hold for any summation.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Sets of instructions that a kernel is compiled for.
typedef enum LikInstructions {
    // What every processor of the architecture can do: SSE2 on x86-64, NEON on arm64.
    LIK_BASELINE = 0,
    LIK_AVX2,
    LIK_AVX512,
    // The last of these that the processor has.
    LIK_WIDEST,
} LikInstructions;

// Whether this processor can run kernels of a set. To run another one's is an illegal instruction.
bool lik_has_instructions(LikInstructions set);

enum {
    LIK_FLOAT_LANES = 32,
    LIK_DOUBLE_LANES = 16,
};

// All of float; stride is at least block_count * LIK_FLOAT_LANES.
void lik_products_float(
    LikInstructions set, const float *queries, size_t query_count, const float *blocks, size_t block_count, size_t dimension,
    float *products, size_t stride);

// Vectors whose components are the upper halves of floats (bfloat16): half of the memory to go through.
// Stride is at least block_count * LIK_FLOAT_LANES.
void lik_products_bfloat16(
    LikInstructions set, const float *queries, size_t query_count, const uint16_t *blocks, size_t block_count, size_t dimension,
    float *products, size_t stride);

// All of double; stride is at least block_count * LIK_DOUBLE_LANES.
void lik_products_double(
    LikInstructions set, const double *queries, size_t query_count, const double *blocks, size_t block_count, size_t dimension,
    double *products, size_t stride);

// Products of one query with vectors that lie one after another, each turned into the upper bound of a score:
// scales[i] * product + offsets[i] + slack.
void lik_upper_scores_float(
    LikInstructions set, const float *query, const float *vectors, size_t count, size_t dimension, const float *scales,
    const float *offsets, float slack, float *uppers);

// The vectors' components and the query's as bytes, those of the vectors plus 128; `stride` is a multiple of
// LIK_CODE_BYTES, at most 65,536, and query and vectors are filled up to it with what stands for zero. The upper bound is
// query_scale * scales[i] * product + offsets[i] + error_factor * errors[i] + slack.
typedef struct LikCodeQuery {
    const int8_t *codes;
    float scale;
    float error_factor;
    float slack;
} LikCodeQuery;

enum { LIK_CODE_BYTES = 64 };

void lik_upper_scores_codes(
    LikInstructions set, LikCodeQuery query, const uint8_t *vectors, size_t count, size_t stride, const float *scales,
    const float *offsets, const float *errors, float *uppers);

// Writes the indices at which values[i] + offsets[i] (values[i] where offsets is NULL) is not less than the bound, NaN
// included, and returns how many there are. count is a multiple of LIK_FLOAT_LANES, found has room for that many.
size_t lik_find_not_below(
    LikInstructions set, const float *values, const float *offsets, float bound, size_t count, uint32_t *found);
