#define STYLE_TABLE style_kernels_plain
#define STYLE_NAME "plain"
#define STYLE_LANES 4
#include "style_loops.h"
