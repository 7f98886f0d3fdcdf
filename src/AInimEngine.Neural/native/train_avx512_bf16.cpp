#define TRAIN_TABLE train_kernels_avx512_bf16
#define STYLE_LANES 16
#include "train_loops.h"
