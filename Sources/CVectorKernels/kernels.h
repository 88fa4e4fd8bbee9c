// The kernels for one set of instructions, with these defined:
//
//   SET       the name of the set, appended to the kernels' names
//   TARGET    the functions' attributes
//   BYTES     of a register
//   ROWS      see products.h
//
// There is no include guard on purpose.

#define NAME_(kind, set) kind##_##set
#define NAME(kind, set) NAME_(kind, set)

#define KERNEL NAME(products_float, SET)
#define SCALAR float
#define STORED float
#define LANES LIK_FLOAT_LANES
#define WIDTH (BYTES / 4)
#define LOAD(p) (*(const UNALIGNED *)(p))
#include "products.h"
#undef STORED

#define HALVES NAME(halves, SET)
#define WORDS NAME(words, SET)
typedef uint16_t HALVES __attribute__((vector_size(BYTES / 2), aligned(2)));
typedef uint32_t WORDS __attribute__((vector_size(BYTES)));
#define KERNEL NAME(products_bfloat16, SET)
#define STORED uint16_t
#define WIDTH (BYTES / 4)
#define LOAD(p) ((VECTOR)(__builtin_convertvector(*(const HALVES *)(p), WORDS) << 16))
#include "products.h"
#undef HALVES
#undef WORDS
#undef SCALAR
#undef STORED
#undef LANES

#define KERNEL NAME(products_double, SET)
#define SCALAR double
#define STORED double
#define LANES LIK_DOUBLE_LANES
#define WIDTH (BYTES / 8)
#define LOAD(p) (*(const UNALIGNED *)(p))
#include "products.h"
#undef SCALAR
#undef STORED
#undef LANES

#undef NAME_
#undef NAME
#include "screen.h"
#include "rows.h"
#undef SET
#undef TARGET
#undef BYTES
#undef ROWS
