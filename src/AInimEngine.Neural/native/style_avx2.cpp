#define STYLE_TABLE style_kernels_avx2
#define STYLE_NAME "avx2"
#define STYLE_LANES 8
#include "style_loops.h"
