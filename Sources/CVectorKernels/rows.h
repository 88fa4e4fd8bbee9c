// Scores of vectors that lie one after another, included once for each set of instructions, with SET, TARGET and BYTES as in
// kernels.h. One pass over memory that is not in any cache: what counts is that the next numbers are on their way.
// There is no include guard on purpose.

#define NAME_(kind, set) kind##_##set
#define NAME(kind, set) NAME_(kind, set)
#define FLOATS NAME(row_floats, SET)
#define LANES_ (BYTES / 4)

typedef float FLOATS __attribute__((vector_size(BYTES), aligned(4)));

static TARGET void NAME(row_scores, SET)(
    const float *query, const float *vectors, size_t count, size_t dimension, const float *scales, const float *offsets,
    float slack, float *uppers)
{
    for (size_t row = 0; row < count; row++) {
        const float *vector = vectors + row * dimension;
        FLOATS sums[4] = {{0}, {0}, {0}, {0}};
        size_t component = 0;
        for (; component + 4 * LANES_ <= dimension; component += 4 * LANES_) {
            __builtin_prefetch(vector + component + 1024);
            if (BYTES == 64) {
                __builtin_prefetch(vector + component + 1024 + 16);
                __builtin_prefetch(vector + component + 1024 + 32);
                __builtin_prefetch(vector + component + 1024 + 48);
            }
#pragma clang loop unroll(full)
            for (int part = 0; part < 4; part++) {
                const size_t place = component + (size_t)part * LANES_;
                sums[part] += *(const FLOATS *)(query + place) * *(const FLOATS *)(vector + place);
            }
        }
        const FLOATS sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        float product = 0;
#pragma clang loop unroll(full)
        for (int lane = 0; lane < LANES_; lane++)
            product += sum[lane];
        for (; component < dimension; component++)
            product += query[component] * vector[component];
        uppers[row] = scales[row] * product + offsets[row] + slack;
    }
}

static TARGET void NAME(code_scores, SET)(
    LikCodeQuery query, const uint8_t *vectors, size_t count, size_t stride, const float *scales, const float *offsets,
    const float *errors, float *uppers)
{
    int32_t shift = 0;
    for (size_t component = 0; component < stride; component++)
        shift += query.codes[component];
    for (size_t row = 0; row < count; row++) {
        const uint8_t *vector = vectors + row * stride;
        int32_t product = 0;
        for (size_t component = 0; component < stride; component++)
            product += (int32_t)vector[component] * (int32_t)query.codes[component];
        uppers[row] = query.scale * scales[row] * (float)(product - 128 * shift) + offsets[row]
            + query.error_factor * errors[row] + query.slack;
    }
}

#undef NAME_
#undef NAME
#undef FLOATS
#undef LANES_
