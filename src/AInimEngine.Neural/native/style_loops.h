// The bodies of style_kernels.h, included once per instruction set with STYLE_TABLE (the table's name), STYLE_NAME and
// STYLE_LANES set. Vectors are the compiler's own, so one text serves them all; only bfloat16 products have an
// instruction of their own. No header of torch's comes in here: its inline functions would be compiled for this
// instruction set and might be taken for all.
#include "style_kernels.h"

#include <cmath>
#include <cstring>
#if defined(__AVX512BF16__)
#include <immintrin.h>
#endif

namespace ainim {
namespace {

#include "style_vectors.h"

// sums[p][v] = the products of P neighbouring pixels, over all taps and inputs, with V vectors of outputs.
template <int P, int V, class T>
INLINE void multiply(Vector (&sums)[P][V], const T* const* taps, int count, const T* weights, int inputs, ptrdiff_t stride) {
    for (int p = 0; p < P; p++)
        for (int v = 0; v < V; v++) sums[p][v] = Vector{};
    constexpr int channels = Step<T>::Channels;
    for (int t = 0; t < count; t++) {
        const T* x0 = taps[t];
        // Three pixels from each address, so that a dozen needs four of them.
        const T* x3 = x0 + 3 * stride;
        const T* x6 = x0 + 6 * stride;
        const T* x9 = x0 + 9 * stride;
        for (int i = 0; i < inputs; i += channels) {
            typename Step<T>::Weight w[V];
            for (int v = 0; v < V; v++) w[v] = Step<T>::weight(weights + v * Lanes * channels);
            weights += V * Lanes * channels;
#pragma GCC unroll 12
            for (int p = 0; p < P; p++) {
                const T* base = p < 3 ? x0 : p < 6 ? x3 : p < 9 ? x6 : x9;
                const T* x = base + (p % 3) * stride;
#pragma GCC unroll 2
                for (int v = 0; v < V; v++) sums[p][v] = Step<T>::multiply(sums[p][v], w[v], x);
            }
            x0 += channels, x3 += channels, x6 += channels, x9 += channels;
        }
    }
}

// What a block of outputs needs once the products are there.
struct Tail {
    const float *scale, *shift;    // of the block's first vector
    ptrdiff_t second;              // from there to its second: beside it, or the gate
    const float *next, *rgb;       // of the block
    ptrdiff_t rgb_stride;
    const float *noise_a, *noise_b;  // of the row
    float factor_a, factor_b, clamp, gain, slope;
    float* colours;                // of the row
    ptrdiff_t plane;
    bool first;                    // the first block writes colours, the others add
};

template <int P, int V, int A, class T> INLINE void finish(Vector (&sums)[P][V], const Tail& tail, int x, T* y, int stride) {
    constexpr int stored = A == ActivationGated ? 1 : V;
    for (int v = 0; v < V; v++) {
        const Vector scale = (tail.scale ? load(tail.scale + v * tail.second) : all(1)) * tail.gain;
        const Vector shift = tail.shift ? load(tail.shift + v * tail.second) : Vector{};
        for (int p = 0; p < P; p++) sums[p][v] = sums[p][v] * scale + shift;
    }
    if (tail.noise_a) {
        for (int p = 0; p < P; p++) {
            float noise = tail.noise_a[x + p] * tail.factor_a;
            if (tail.noise_b) noise += tail.noise_b[x + p] * tail.factor_b;
            for (int v = 0; v < V; v++) sums[p][v] = sums[p][v] + noise;
        }
    }
    for (int p = 0; p < P; p++) {
        if (A == ActivationGated) sums[p][0] = sums[p][0] * sigmoid(sums[p][V - 1]);
        for (int v = 0; v < stored; v++) {
            if (A == ActivationLeaky) sums[p][v] = larger(sums[p][v], sums[p][v] * tail.slope);
            sums[p][v] = smaller(larger(sums[p][v], all(-tail.clamp)), all(tail.clamp));
        }
    }
    if (tail.rgb) {
        for (int k = 0; k < 3; k++) {
            Vector products[P];
            const Vector first = load(tail.rgb + k * tail.rgb_stride);
            for (int p = 0; p < P; p++) products[p] = sums[p][0] * first;
            for (int v = 1; v < stored; v++) {
                const Vector weight = load(tail.rgb + k * tail.rgb_stride + v * Lanes);
                for (int p = 0; p < P; p++) products[p] = products[p] + sums[p][v] * weight;
            }
            float* target = tail.colours + k * tail.plane + x;
            float part[Lanes];
            store(part, sums_of<P>(products));
            if (tail.first)
                for (int p = 0; p < P; p++) target[p] = part[p];
            else
                for (int p = 0; p < P; p++) target[p] += part[p];
        }
    }
    if (!y) return;
    for (int v = 0; v < stored; v++) {
        const Vector next = tail.next ? load(tail.next + v * Lanes) : all(1);
        for (int p = 0; p < P; p++) store(y + static_cast<ptrdiff_t>(x + p) * stride + v * Lanes, sums[p][v] * next);
    }
}

// The number of pixels to take next of those that are left: a dozen on wide vectors, no short remainders.
INLINE int pixels(int left) {
    if (STYLE_LANES == 16) {
        if (left >= 12 && left != 13 && left != 14 && left != 16) return 12;
        if (left >= 8) return 8;
    }
    return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

#if STYLE_LANES == 16
#define FOR_PIXELS(P, count, ...) \
    switch (count) { \
        case 12: { constexpr int P = 12; __VA_ARGS__; break; } \
        case 8: { constexpr int P = 8; __VA_ARGS__; break; } \
        case 4: { constexpr int P = 4; __VA_ARGS__; break; } \
        case 2: { constexpr int P = 2; __VA_ARGS__; break; } \
        default: { constexpr int P = 1; __VA_ARGS__; break; } \
    }
#else
#define FOR_PIXELS(P, count, ...) \
    switch (count) { \
        case 4: { constexpr int P = 4; __VA_ARGS__; break; } \
        case 2: { constexpr int P = 2; __VA_ARGS__; break; } \
        default: { constexpr int P = 1; __VA_ARGS__; break; } \
    }
#endif

// Vectors of outputs: those stored, or as many values and gates.
int vectors_of(int outputs, bool gated) {
    return gated ? 2 * static_cast<int>(round_up(outputs / 2, ChannelStep)) / Lanes : static_cast<int>(round_up(outputs, ChannelStep)) / Lanes;
}

template <class T> int padded_inputs(int inputs) { return static_cast<int>(round_up(inputs, Step<T>::Channels)); }

Tail tail_of(const StyleConv& conv, int vector) {
    const bool gated = conv.activation == ActivationGated;
    const int at = gated ? vector / 2 * Lanes : vector * Lanes;
    Tail tail{};
    tail.scale = conv.scale ? conv.scale + at : nullptr;
    tail.shift = conv.shift ? conv.shift + at : nullptr;
    tail.second = gated ? conv.out_stride : Lanes;
    tail.next = conv.next ? conv.next + at : nullptr;
    tail.rgb = conv.rgb ? conv.rgb + at : nullptr;
    tail.rgb_stride = conv.out_stride;
    tail.factor_a = conv.factor_a;
    tail.factor_b = conv.factor_b;
    tail.clamp = conv.clamp;
    tail.slope = conv.activation == ActivationLinear ? 1 : 0.2f;
    tail.first = vector == 0;
    return tail;
}

template <class T> void make_border(const StyleConv& conv, int first, int last) {
    const int scale = conv.up ? 2 : 1;
    const int height = conv.height * scale, width = conv.width * scale, stride = conv.out_stride;
    const ptrdiff_t line = static_cast<ptrdiff_t>(width + 2) * stride;
    T* y = static_cast<T*>(conv.y);
    for (int row = first * scale; row < last * scale; row++) {
        T* start = y + (row + 1) * line;
        T* end = start + static_cast<ptrdiff_t>(width + 1) * stride;
        if (conv.replicate) {
            std::memcpy(start, start + stride, stride * sizeof(T));
            std::memcpy(end, end - stride, stride * sizeof(T));
        } else {
            std::memset(start, 0, stride * sizeof(T));
            std::memset(end, 0, stride * sizeof(T));
        }
    }
    const auto edge = [&](T* target, const T* source) {
        if (conv.replicate)
            std::memcpy(target, source, line * sizeof(T));
        else
            std::memset(target, 0, line * sizeof(T));
    };
    if (first == 0) edge(y, y + line);
    if (last == conv.height) edge(y + (height + 1) * line, y + height * line);
}

// A 3x3 convolution of rows at the same resolution.
template <int V, int A, class T> void same_block(const StyleConv& conv, const T* weights, Tail tail, T* y, int first, int last) {
    const ptrdiff_t line = static_cast<ptrdiff_t>(conv.width + 2) * conv.in_stride;
    const ptrdiff_t out_line = static_cast<ptrdiff_t>(conv.width + 2) * conv.out_stride;
    tail.gain = 1;
    tail.plane = static_cast<ptrdiff_t>(conv.height) * conv.width;
    for (int row = first; row < last; row++) {
        const T* input = static_cast<const T*>(conv.x) + row * line;
        T* target = y ? y + (row + 1) * out_line + conv.out_stride : nullptr;
        tail.noise_a = conv.noise_a ? conv.noise_a + static_cast<ptrdiff_t>(row) * conv.width : nullptr;
        tail.noise_b = conv.noise_b ? conv.noise_b + static_cast<ptrdiff_t>(row) * conv.width : nullptr;
        tail.colours = conv.colours ? conv.colours + static_cast<ptrdiff_t>(row) * conv.width : nullptr;
        for (int x = 0; x < conv.width;) {
            const T* taps[9];
            for (int t = 0; t < 9; t++) taps[t] = input + t / 3 * line + static_cast<ptrdiff_t>(x + t % 3) * conv.in_stride;
            const int count = pixels(conv.width - x);
            FOR_PIXELS(P, count, {
                Vector sums[P][V];
                multiply<P, V>(sums, taps, 9, weights, conv.inputs, conv.in_stride);
                finish<P, V, A>(sums, tail, x, target, conv.out_stride);
            })
            x += count;
        }
    }
}

// One phase of a row of a transposed convolution with stride 2: `count` pixels from column `column` of the input on.
template <int V, class T>
void phase(const StyleConv& conv, const T* const* rows, const int* shifts, int taps, const T* weights, int column, int count, float* z) {
    for (int x = 0; x < count;) {
        int pixel_count = pixels(count - x);
        // Rather some pixels twice than a short block.
        if (pixel_count < 4 && count >= 4) pixel_count = 4, x = count - 4;
        const T* at[4];
        for (int t = 0; t < taps; t++) at[t] = rows[t] + static_cast<ptrdiff_t>(column + x + 1 - shifts[t]) * conv.in_stride;
        FOR_PIXELS(P, pixel_count, {
            Vector sums[P][V];
            multiply<P, V>(sums, at, taps, weights, conv.inputs, conv.in_stride);
            for (int p = 0; p < P; p++)
                for (int v = 0; v < V; v++) store(z + static_cast<ptrdiff_t>(x + p) * 2 * V * Lanes + v * Lanes, sums[p][v]);
        })
        x += pixel_count;
    }
}

constexpr int RingRows = 8;

// A transposed convolution z (z[2m + k] += w[k] x[m], both ways), then [1, 3, 3, 1] / 4 both ways: y[Y] from z[Y - 1 .. Y + 2].
template <int V, int A, class T> void up_block(const StyleConv& conv, const T* weights, Tail tail, T* y, int first, int last) {
    const ptrdiff_t line = static_cast<ptrdiff_t>(conv.width + 2) * conv.in_stride;
    const int width = 2 * conv.width;
    const ptrdiff_t out_line = static_cast<ptrdiff_t>(width + 2) * conv.out_stride;
    const ptrdiff_t z_line = static_cast<ptrdiff_t>(width + 3) * V * Lanes;
    const ptrdiff_t tap = static_cast<ptrdiff_t>(padded_inputs<T>(conv.inputs)) * V * Lanes;
    float* const ring = conv.scratch;
    float* const filtered = ring + RingRows * z_line;
    tail.gain = 1.0f / 16;
    tail.plane = 4 * static_cast<ptrdiff_t>(conv.height) * conv.width;
    const auto z_row = [&](int row) { return ring + ((row + RingRows) % RingRows) * z_line; };
    for (int m = first - 1; m <= last; m++) {
        const T* here = static_cast<const T*>(conv.x) + (m + 1) * line;
        const T* above = here - line;
        // Columns begin at -1: the even ones in the second place.
        if (m >= first) {
            const T* rows[] = {here, here, above, above};
            const int even[] = {0, 1, 0, 1};
            const int odd[] = {0, 0};
            const T* odd_rows[] = {here, above};
            phase<V>(conv, rows, even, 4, weights, 0, conv.width + 1, z_row(2 * m) + V * Lanes);
            phase<V>(conv, odd_rows, odd, 2, weights + 4 * tap, -1, conv.width + 2, z_row(2 * m));
        }
        const T* rows[] = {here, here};
        const int even[] = {0, 1};
        phase<V>(conv, rows, even, 2, weights + 6 * tap, 0, conv.width + 1, z_row(2 * m + 1) + V * Lanes);
        phase<V>(conv, rows, even, 1, weights + 8 * tap, -1, conv.width + 2, z_row(2 * m + 1));
        if (m <= first) continue;
        for (int row = 2 * (m - 1); row < 2 * m; row++) {
            const float* z0 = z_row(row - 1);
            const float* z1 = z_row(row);
            const float* z2 = z_row(row + 1);
            const float* z3 = z_row(row + 2);
            for (ptrdiff_t i = 0; i < z_line; i += Lanes)
                store(filtered + i, (load(z0 + i) + load(z3 + i)) + (load(z1 + i) + load(z2 + i)) * 3.0f);
            T* target = y ? y + (row + 1) * out_line + conv.out_stride : nullptr;
            tail.noise_a = conv.noise_a ? conv.noise_a + static_cast<ptrdiff_t>(row) * width : nullptr;
            tail.noise_b = conv.noise_b ? conv.noise_b + static_cast<ptrdiff_t>(row) * width : nullptr;
            tail.colours = conv.colours ? conv.colours + static_cast<ptrdiff_t>(row) * width : nullptr;
            for (int x = 0; x < width;) {
                const int count = pixels(width - x);
                FOR_PIXELS(P, count, {
                    Vector sums[P][V];
                    const float* f = filtered + static_cast<ptrdiff_t>(x) * V * Lanes;
                    for (int p = 0; p < P; p++)
                        for (int v = 0; v < V; v++) {
                            const float* at = f + (p * V + v) * Lanes;
                            sums[p][v] = (load(at) + load(at + 3 * V * Lanes)) + (load(at + V * Lanes) + load(at + 2 * V * Lanes)) * 3.0f;
                        }
                    finish<P, V, A>(sums, tail, x, target, conv.out_stride);
                })
                x += count;
            }
        }
    }
}

template <int V, int A, class T> void block(const StyleConv& conv, const T* weights, const Tail& tail, T* y, int first, int last) {
    if (conv.up)
        up_block<V, A>(conv, weights, tail, y, first, last);
    else
        same_block<V, A>(conv, weights, tail, y, first, last);
}

template <class T> void rows_of(const StyleConv& conv, int first, int last) {
    const bool gated = conv.activation == ActivationGated;
    const int vectors = vectors_of(conv.outputs, gated);
    const ptrdiff_t size = static_cast<ptrdiff_t>(9) * padded_inputs<T>(conv.inputs) * Lanes;
    for (int vector = 0; vector < vectors; vector += 2) {
        const Tail tail = tail_of(conv, vector);
        const T* weights = static_cast<const T*>(conv.weights) + vector * size;
        T* y = static_cast<T*>(conv.y);
        if (y) y += gated ? vector / 2 * Lanes : vector * Lanes;
        if (gated)
            block<2, ActivationGated>(conv, weights, tail, y, first, last);
        else if (vector + 1 < vectors)
            block<2, ActivationLeaky>(conv, weights, tail, y, first, last);
        else
            block<1, ActivationLeaky>(conv, weights, tail, y, first, last);
    }
    if (conv.y) make_border<T>(conv, first, last);
}

#include "style_winograd.h"

void rows(const StyleConv& conv, int32_t bf16, int32_t first, int32_t last) {
    if (conv.winograd)
        bf16 ? winograd_rows<uint16_t>(conv, first, last) : winograd_rows<float>(conv, first, last);
    else
        bf16 ? rows_of<uint16_t>(conv, first, last) : rows_of<float>(conv, first, last);
}

template <class T> void planes_of(const StyleConv& conv, int first, int last) {
    constexpr int V = Lanes == ChannelStep ? 1 : 2;  // as the first block of 16 is packed
    const ptrdiff_t line = static_cast<ptrdiff_t>(conv.width + 2) * conv.in_stride;
    const ptrdiff_t plane = static_cast<ptrdiff_t>(conv.height) * conv.width;
    for (int row = first; row < last; row++) {
        const T* input = static_cast<const T*>(conv.x) + row * line;
        float* target = conv.colours + static_cast<ptrdiff_t>(row) * conv.width;
        for (int x = 0; x < conv.width;) {
            const T* taps[9];
            for (int t = 0; t < 9; t++) taps[t] = input + t / 3 * line + static_cast<ptrdiff_t>(x + t % 3) * conv.in_stride;
            const int count = pixels(conv.width - x);
            FOR_PIXELS(P, count, {
                Vector sums[P][V];
                multiply<P, V>(sums, taps, 9, static_cast<const T*>(conv.weights), conv.inputs, conv.in_stride);
                for (int p = 0; p < P; p++)
                    for (int k = 0; k < 3; k++) target[k * plane + x + p] = sums[p][0][k] + conv.shift[k];
            })
            x += count;
        }
    }
}

void planes(const StyleConv& conv, int32_t bf16, int32_t first, int32_t last) {
    bf16 ? planes_of<uint16_t>(conv, first, last) : planes_of<float>(conv, first, last);
}

int64_t packed_size(int32_t outputs, int32_t inputs, int32_t taps, int32_t gated, int32_t bf16) {
    return static_cast<int64_t>(vectors_of(outputs, gated)) * Lanes * taps * (bf16 ? padded_inputs<uint16_t>(inputs) : inputs);
}

int64_t scratch_floats(const StyleConv& conv, int32_t bf16) {
    if (conv.winograd) {
        return bf16 ? 16 * winograd_tiles<uint16_t>(conv) * (Block + (conv.in_stride + 1) / 2)
                    : 16 * winograd_tiles<float>(conv) * (Block + conv.in_stride);
    }
    return conv.up ? static_cast<int64_t>(RingRows + 1) * (2 * conv.width + 3) * Block : 0;
}

#include "style_packing.h"

void affine(const float* weight, const float* bias, const float* w, int64_t width, float* out, int64_t count) {
    for (int64_t row = 0; row < count; row++, weight += width) {
        Vector sums[4] = {};
        int64_t i = 0;
        for (; i + 4 * Lanes <= width; i += 4 * Lanes)
            for (int k = 0; k < 4; k++) sums[k] = sums[k] + load(weight + i + k * Lanes) * load(w + i + k * Lanes);
        for (; i + Lanes <= width; i += Lanes) sums[0] = sums[0] + load(weight + i) * load(w + i);
        const Vector total[1] = {(sums[0] + sums[1]) + (sums[2] + sums[3])};
        float sum = bias[row] + sums_of<1>(total)[0];
        for (; i < width; i++) sum += weight[i] * w[i];
        out[row] = sum;
    }
}

void demodulate(const float* squares, const float* style, int64_t inputs, int64_t stride, float gain, float* out, int64_t first, int64_t last) {
    for (int64_t o = first; o < last; o += Lanes) {
        Vector sum = {};
        for (int64_t i = 0; i < inputs; i++) sum = sum + load(squares + i * stride + o) * (style[i] * style[i]);
        for (int lane = 0; lane < Lanes; lane++) out[o + lane] = gain / std::sqrt(sum[lane] + 1e-8f);
    }
}

}  // namespace

const StyleKernels STYLE_TABLE = {STYLE_NAME, Lanes, packed_size, scratch_floats, pack, rows, planes, affine, demodulate};

}  // namespace ainim
