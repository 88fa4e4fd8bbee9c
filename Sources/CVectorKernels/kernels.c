#include "CVectorKernels.h"

// What every processor of the architecture can do: SSE2 on x86-64, NEON on arm64.
#define SET baseline
#define TARGET
#define BYTES 16
#if defined(__aarch64__)
#define ROWS 8
#else
#define ROWS 6
#endif
#include "kernels.h"

#if defined(__x86_64__)
#define SET avx2
#define TARGET __attribute__((target("avx2,fma")))
#define BYTES 32
#define ROWS 6
#include "kernels.h"

#define SET avx512
#define TARGET __attribute__((target("avx512f")))
#define BYTES 64
#define ROWS 12
#include "kernels.h"

#include "codes_vnni.h"

// A kernel of a set, or of the widest one that there is.
#define KERNEL_OF(kind, set)                                                                                           \
    (set == LIK_AVX512 || (set == LIK_WIDEST && lik_has_instructions(LIK_AVX512)) ? kind##_avx512                      \
     : set == LIK_AVX2 || (set == LIK_WIDEST && lik_has_instructions(LIK_AVX2))   ? kind##_avx2                        \
                                                                                  : kind##_baseline)
#else
#define KERNEL_OF(kind, set) ((void)set, kind##_baseline)
#endif

bool lik_has_instructions(LikInstructions set)
{
    switch (set) {
#if defined(__x86_64__)
    case LIK_AVX512:
        return __builtin_cpu_supports("avx512f");
    case LIK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    case LIK_AVX512:
    case LIK_AVX2:
        return false;
#endif
    case LIK_BASELINE:
    case LIK_WIDEST:
        return true;
    }
    return false;
}

void lik_products_float(
    LikInstructions set, const float *queries, size_t query_count, const float *blocks, size_t block_count,
    size_t dimension, float *products, size_t stride)
{
    KERNEL_OF(products_float, set)(queries, query_count, blocks, block_count, dimension, products, stride);
}

void lik_products_bfloat16(
    LikInstructions set, const float *queries, size_t query_count, const uint16_t *blocks, size_t block_count,
    size_t dimension, float *products, size_t stride)
{
    KERNEL_OF(products_bfloat16, set)(queries, query_count, blocks, block_count, dimension, products, stride);
}

void lik_products_double(
    LikInstructions set, const double *queries, size_t query_count, const double *blocks, size_t block_count,
    size_t dimension, double *products, size_t stride)
{
    KERNEL_OF(products_double, set)(queries, query_count, blocks, block_count, dimension, products, stride);
}

size_t lik_find_not_below(
    LikInstructions set, const float *values, const float *offsets, float bound, size_t count, uint32_t *found)
{
    return KERNEL_OF(find_not_below, set)(values, offsets, bound, count, found);
}

void lik_upper_scores_float(
    LikInstructions set, const float *query, const float *vectors, size_t count, size_t dimension, const float *scales,
    const float *offsets, float slack, float *uppers)
{
    KERNEL_OF(row_scores, set)(query, vectors, count, dimension, scales, offsets, slack, uppers);
}

void lik_upper_scores_codes(
    LikInstructions set, LikCodeQuery query, const uint8_t *vectors, size_t count, size_t stride, const float *scales,
    const float *offsets, const float *errors, float *uppers)
{
#if defined(__x86_64__)
    const bool may_be_wide = set == LIK_AVX512 || set == LIK_WIDEST;
    if (may_be_wide && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")) {
        code_scores_vnni(query, vectors, count, stride, scales, offsets, errors, uppers);
        return;
    }
#endif
    KERNEL_OF(code_scores, set)(query, vectors, count, stride, scales, offsets, errors, uppers);
}
