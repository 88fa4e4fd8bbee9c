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

#define WIDEST(kind)                                                                                                   \
    (__builtin_cpu_supports("avx512f")                                   ? kind##_avx512                               \
     : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? kind##_avx2                                   \
                                                                         : kind##_baseline)
#else
#define WIDEST(kind) kind##_baseline
#endif

void lik_products_float(
    const float *queries, size_t query_count, const float *blocks, size_t block_count, size_t dimension,
    float *products, size_t stride)
{
    WIDEST(products_float)(queries, query_count, blocks, block_count, dimension, products, stride);
}

void lik_products_bfloat16(
    const float *queries, size_t query_count, const uint16_t *blocks, size_t block_count, size_t dimension,
    float *products, size_t stride)
{
    WIDEST(products_bfloat16)(queries, query_count, blocks, block_count, dimension, products, stride);
}

void lik_products_double(
    const double *queries, size_t query_count, const double *blocks, size_t block_count, size_t dimension,
    double *products, size_t stride)
{
    WIDEST(products_double)(queries, query_count, blocks, block_count, dimension, products, stride);
}

size_t lik_find_not_below(
    const float *values, const float *offsets, float bound, size_t count, uint32_t *found)
{
    return WIDEST(find_not_below)(values, offsets, bound, count, found);
}
