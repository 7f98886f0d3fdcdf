#define TRAIN_TABLE train_kernels_plain
#define STYLE_LANES 4
#include "train_loops.h"
