// Which instruction set the loops use.
#include "train_kernels.h"

#include <algorithm>
#include <atomic>

namespace ainim {

namespace {

int32_t best_level() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        return __builtin_cpu_supports("avx512bf16") ? 3 : 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

std::atomic<int32_t>& level() {
    static std::atomic<int32_t> chosen{best_level()};
    return chosen;
}

}  // namespace

int32_t style_kernels_level() { return level(); }

void limit_style_kernels(int32_t limit) { level() = std::min(std::max(limit, 0), best_level()); }

const StyleKernels& style_kernels() {
#if defined(__x86_64__)
    switch (style_kernels_level()) {
        case 3: return style_kernels_avx512_bf16;
        case 2: return style_kernels_avx512;
        case 1: return style_kernels_avx2;
        default: break;
    }
#endif
    return style_kernels_plain;
}

const TrainKernels& train_kernels() {
#if defined(__x86_64__)
    switch (style_kernels_level()) {
        case 3: return train_kernels_avx512_bf16;
        case 2: return train_kernels_avx512;
        case 1: return train_kernels_avx2;
        default: break;
    }
#endif
    return train_kernels_plain;
}

}  // namespace ainim
