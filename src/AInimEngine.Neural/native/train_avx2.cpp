#define TRAIN_TABLE train_kernels_avx2
#define STYLE_LANES 8
#include "train_loops.h"
