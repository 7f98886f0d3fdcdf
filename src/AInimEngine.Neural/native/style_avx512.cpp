#define STYLE_TABLE style_kernels_avx512
#define STYLE_NAME "avx512"
#define STYLE_LANES 16
#include "style_loops.h"
