// The loops of a style network's decode, without torch: once for every instruction set, chosen when the process runs.
//
// Activations are NHWC with a border of one pixel, [N, H + 2, W + 2, S]: S is the number of channels rounded up to 16, and
// the border holds zeros or the edge pixels, as the next convolution wants it, so that no loop asks where it is. Numbers
// are float or bfloat16 (uint16_t); sums are float throughout. A convolution's outputs are taken in blocks of two vectors;
// a gated unit has the value in the first and the gate in the second.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ainim {

constexpr int ChannelStep = 16;

static inline int64_t round_up(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

enum Activation : int32_t { ActivationLinear = 0, ActivationLeaky = 1, ActivationGated = 2 };

// One convolution with all that follows it up to the next. A pixel of the output is
// y = activation(scale * sum + shift + noise_a * factor_a + noise_b * factor_b), clamped; next * y is stored, and
// rgb . y added up.
struct StyleConv {
    int32_t inputs, outputs;      // channels; outputs before gating
    int32_t in_stride, out_stride;
    int32_t height, width;        // of the input; the output's are twice as much where `up`
    int32_t up, activation, replicate;
    int32_t winograd;             // weights packed for tiles of 2x2 outputs; height and width are even, rows() takes even rows
    float clamp;                  // infinity for none
    const void* x;                // one sample, border included
    const void* weights;          // packed
    const float* scale;           // [out_stride], and the gates' [out_stride] behind; null for 1
    const float* shift;           // the same; null for 0
    const float* noise_a;         // [H, W]; null for none
    const float* noise_b;
    float factor_a, factor_b;
    const float* next;            // [out_stride]; null for 1
    const float* rgb;             // [3, out_stride]; null for none
    float* colours;               // [3, H, W], overwritten
    void* y;                      // one sample, border included; null where only colours are wanted
    float* scratch;               // scratch_floats() of them, the thread's own
};

struct StyleKernels {
    const char* name;
    int32_t lanes;
    // Sizes in elements of a packed weight, and of the scratch that rows() needs.
    int64_t (*packed_size)(int32_t outputs, int32_t inputs, int32_t taps, int32_t gated, int32_t bf16);
    int64_t (*scratch_floats)(const StyleConv& conv, int32_t bf16);
    // weight [O, I, 3, 3]; taps in the order in which rows() reads them: 9, or 16 of Winograd's.
    void (*pack)(const float* weight, int32_t outputs, int32_t inputs, int32_t up, int32_t winograd, int32_t gated, int32_t bf16, void* packed);
    // Rows [first, last) of the input's height; where `up`, twice as many of the output.
    void (*rows)(const StyleConv& conv, int32_t bf16, int32_t first, int32_t last);
    // A 3x3 convolution to three planes: colours = sum + shift[0..2].
    void (*planes)(const StyleConv& conv, int32_t bf16, int32_t first, int32_t last);
    // out[r] = bias[r] + weight[r] . w
    void (*affine)(const float* weight, const float* bias, const float* w, int64_t width, float* out, int64_t rows);
    // out[o] = gain / sqrt(sum over i of squares[i, o] style[i]^2 + 1e-8), o in [first, last), multiples of 16
    void (*demodulate)(const float* squares, const float* style, int64_t inputs, int64_t stride, float gain, float* out, int64_t first, int64_t last);
};

// The best that this processor has, or a lesser one (0 plain, 1 AVX2, 2 AVX-512, 3 AVX-512 with bfloat16).
const StyleKernels& style_kernels();
int32_t style_kernels_level();
void limit_style_kernels(int32_t level);

extern const StyleKernels style_kernels_plain;
#if defined(__x86_64__)
extern const StyleKernels style_kernels_avx2;
extern const StyleKernels style_kernels_avx512;
extern const StyleKernels style_kernels_avx512_bf16;
#endif

}  // namespace ainim
