#define TRAIN_TABLE train_kernels_avx512
#define STYLE_LANES 16
#include "train_loops.h"
