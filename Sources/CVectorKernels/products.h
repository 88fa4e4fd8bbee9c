// The body of the kernels, included once for each kind of number and set of instructions, with these defined:
//
//   KERNEL    the name of the function to define
//   TARGET    its attributes
//   SCALAR    the type of queries and products
//   STORED    the type of the vectors' components
//   LANES     vectors in a block
//   WIDTH     lanes that an instruction works on
//   ROWS      queries that are multiplied side by side: 2 * ROWS sums are held in registers
//   LOAD(p)   WIDTH components at p as a VECTOR
//
// There is no include guard on purpose.

#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define VECTOR PASTE(KERNEL, _vector)
#define UNALIGNED PASTE(KERNEL, _unaligned)
#define TILE PASTE(KERNEL, _tile)

typedef SCALAR VECTOR __attribute__((vector_size(WIDTH * sizeof(SCALAR))));
typedef SCALAR UNALIGNED __attribute__((vector_size(WIDTH * sizeof(SCALAR)), aligned(sizeof(SCALAR))));

// `rows` queries with 2 * WIDTH lanes of one block. Inlined with a constant number of rows, so that all sums are registers.
static inline __attribute__((always_inline)) TARGET void TILE(
    const int rows, const SCALAR *queries, const STORED *block, size_t dimension, SCALAR *products, size_t stride)
{
    VECTOR low[ROWS], high[ROWS];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        low[row] = (VECTOR){0};
        high[row] = (VECTOR){0};
    }
    for (size_t component = 0; component < dimension; component++) {
        const VECTOR left = LOAD(block + component * LANES);
        const VECTOR right = LOAD(block + component * LANES + WIDTH);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            const SCALAR value = queries[row * dimension + component];
            low[row] += value * left;
            high[row] += value * right;
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        *(UNALIGNED *)(products + row * stride) = low[row];
        *(UNALIGNED *)(products + row * stride + WIDTH) = high[row];
    }
}

static TARGET void KERNEL(
    const SCALAR *queries, size_t query_count, const STORED *blocks, size_t block_count, size_t dimension,
    SCALAR *products, size_t stride)
{
    for (size_t block = 0; block < block_count; block++) {
        for (size_t lane = 0; lane < LANES; lane += 2 * WIDTH) {
            const STORED *vectors = blocks + block * dimension * LANES + lane;
            SCALAR *out = products + block * LANES + lane;
            size_t query = 0;
            for (; query + ROWS <= query_count; query += ROWS)
                TILE(ROWS, queries + query * dimension, vectors, dimension, out + query * stride, stride);
            for (; query + 4 <= query_count; query += 4)
                TILE(4, queries + query * dimension, vectors, dimension, out + query * stride, stride);
            for (; query < query_count; query++)
                TILE(1, queries + query * dimension, vectors, dimension, out + query * stride, stride);
        }
    }
}

#undef PASTE_
#undef PASTE
#undef VECTOR
#undef UNALIGNED
#undef TILE
#undef KERNEL
#undef WIDTH
#undef LOAD
