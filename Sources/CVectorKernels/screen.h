// The body of lik_find_not_below, included once for each set of instructions, with SET and TARGET as in kernels.h. There is
// no include guard on purpose.

#define NAME_(kind, set) kind##_##set
#define NAME(kind, set) NAME_(kind, set)
#define FLOATS NAME(screened, SET)
#define MASK NAME(mask, SET)

typedef float FLOATS __attribute__((vector_size(LIK_FLOAT_LANES * 4), aligned(4)));
typedef int32_t MASK __attribute__((vector_size(LIK_FLOAT_LANES * 4)));

static TARGET size_t NAME(find_not_below, SET)(
    const float *values, const float *offsets, float bound, size_t count, uint32_t *found)
{
    size_t total = 0;
    for (size_t start = 0; start < count; start += LIK_FLOAT_LANES) {
        FLOATS sums = *(const FLOATS *)(values + start);
        if (offsets)
            sums += *(const FLOATS *)(offsets + start);
        const MASK is_below = sums < bound;
        if (__builtin_reduce_and(is_below))
            continue;
        for (uint32_t lane = 0; lane < LIK_FLOAT_LANES; lane++) {
            found[total] = (uint32_t)start + lane;
            total += is_below[lane] == 0;
        }
    }
    return total;
}

#undef NAME_
#undef NAME
#undef FLOATS
#undef MASK
