// The loops of training, without torch: once for every instruction set, chosen when the process runs.
//
// Pictures are NHWC, float or bfloat16 (uint16_t); sums are float. A convolution reads a sample that lies with its border in
// scratch memory, channels rounded up to 16, so that no loop asks where it is; its outputs are taken in blocks of two
// vectors.
#pragma once
#include "style_kernels.h"

namespace ainim {

// How a sample gets its border.
enum Edges : int32_t { EdgesZero = 0, EdgesReplicate = 1, EdgesDouble = 2 };  // 2: bilinear doubling, then one replicated pixel

// A convolution of one bordered sample: y = max(v, slope v) gain of v = sum + bias.
struct TrainRows {
    const void* x;               // the first tap of the first output
    int64_t pitch;               // elements from row to row
    int32_t channels;            // a pixel's, rounded up
    int32_t stride, taps;
    int32_t width, height;       // of the output
    int32_t outputs;
    const void* weights;         // packed
    const float* bias;           // [outputs]; null for 0
    float slope, gain;
    void* y;
    int64_t y_pixel, y_row;      // elements from output to output, from row to row
};

// What one sample adds to the weights' gradient.
struct TrainGradient {
    const void* x;               // bordered, as in TrainRows
    int64_t pitch;
    int32_t channels, stride, taps, width, height, outputs;
    const void* dy;              // [height, width, outputs]
    float* sums;                 // [taps, taps, channels, outputs rounded up to blocks], added to
    void* scratch;               // gradient_scratch() elements
};

// A sample before a gated linear unit: u = a x + b, y = u of the first half of the channels times sigmoid(u of the second).
struct TrainGate {
    const void* x;               // [pixels, channels]; half of the channels a multiple of 16
    const void* dy;              // [pixels, channels / 2]; gradients only
    int64_t pixels;
    int32_t channels;
    const float *a, *b;          // [channels]
    void* out;                   // y, or the gradient of x
};

struct TrainKernels {
    int32_t lanes;
    int64_t (*packed_size)(int32_t outputs, int32_t inputs, int32_t taps);
    // Weight w[o * so + i * si + u * su + v * sv] * scale.
    void (*pack)(const float* w, int64_t so, int64_t si, int64_t su, int64_t sv, int32_t outputs, int32_t inputs, int32_t taps, float scale, int32_t bf16, void* packed);
    void (*rows)(const TrainRows& rows, int32_t bf16);
    int64_t (*gradient_scratch)(const TrainGradient& gradient);
    void (*gradient)(const TrainGradient& gradient, int32_t bf16);
    // A sample [H, W, C] to [H' + 2 border, W' + 2 border, channels].
    void (*border)(const void* x, int32_t height, int32_t width, int32_t inputs, int32_t channels, int32_t border, int32_t edges, int32_t bf16, void* out, float* line);
    // The transpose of border with one replicated pixel: [H' + 2, W' + 2, C] to [H, W, C]. line: (W' + 2) C floats.
    void (*fold)(const void* x, int32_t height, int32_t width, int32_t channels, int32_t doubled, int32_t bf16, void* out, float* line);
    // out = g * (y > 0 ? gain : slope gain) over pixels of so many channels; sums[channels] += out.
    void (*slope)(const void* g, const void* y, int64_t pixels, int32_t channels, float slope, float gain, int32_t bf16, void* out, float* sums);
    // sums[channels] += x - origin, squares[channels] += its square.
    void (*moments)(const void* x, int64_t pixels, int32_t channels, const float* origin, int32_t bf16, float* sums, float* squares);
    void (*gate)(const TrainGate& gate, int32_t bf16);
    // plain[channels] += du, weighted[channels] += du (x - origin)
    void (*gate_sums)(const TrainGate& gate, int32_t bf16, const float* origin, float* plain, float* weighted);
    // out = a du + q x + r
    void (*gate_gradient)(const TrainGate& gate, int32_t bf16, const float* q, const float* r);
};

const TrainKernels& train_kernels();

extern const TrainKernels train_kernels_plain;
#if defined(__x86_64__)
extern const TrainKernels train_kernels_avx2;
extern const TrainKernels train_kernels_avx512;
extern const TrainKernels train_kernels_avx512_bf16;
#endif

}  // namespace ainim
