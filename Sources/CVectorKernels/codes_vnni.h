// Scores of vectors of bytes by the instruction made for it: four products of bytes and their sum for each of 16 lanes.
#pragma once
#include "CVectorKernels.h"
#include <immintrin.h>

__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void code_scores_vnni(
    LikCodeQuery query, const uint8_t *vectors, size_t count, size_t stride, const float *scales, const float *offsets,
    const float *errors, float *uppers)
{
    int32_t shift = 0;
    for (size_t component = 0; component < stride; component++)
        shift += query.codes[component];
    for (size_t row = 0; row < count; row++) {
        const uint8_t *vector = vectors + row * stride;
        __m512i even = _mm512_setzero_si512(), odd = _mm512_setzero_si512();
        size_t component = 0;
        for (; component + 2 * LIK_CODE_BYTES <= stride; component += 2 * LIK_CODE_BYTES) {
            // What the processor fetches ahead by itself ends with the page.
            _mm_prefetch((const char *)(vector + component + 4096), _MM_HINT_T0);
            _mm_prefetch((const char *)(vector + component + 4096 + LIK_CODE_BYTES), _MM_HINT_T0);
            even = _mm512_dpbusd_epi32(
                even, _mm512_loadu_si512(vector + component), _mm512_loadu_si512(query.codes + component));
            odd = _mm512_dpbusd_epi32(
                odd, _mm512_loadu_si512(vector + component + LIK_CODE_BYTES),
                _mm512_loadu_si512(query.codes + component + LIK_CODE_BYTES));
        }
        if (component < stride)
            even = _mm512_dpbusd_epi32(
                even, _mm512_loadu_si512(vector + component), _mm512_loadu_si512(query.codes + component));
        const int32_t product = _mm512_reduce_add_epi32(_mm512_add_epi32(even, odd));
        uppers[row] = query.scale * scales[row] * (float)(product - 128 * shift) + offsets[row]
            + query.error_factor * errors[row] + query.slack;
    }
}
