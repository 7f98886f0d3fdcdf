// The bodies of train_kernels.h, included once per instruction set with TRAIN_TABLE (the table's name) and STYLE_LANES set.
// As in style_loops.h, no header of torch's comes in here.
#include "train_kernels.h"

#include <algorithm>
#include <cstring>
#if defined(__AVX512BF16__)
#include <immintrin.h>
#endif

namespace ainim {
namespace {

#include "style_vectors.h"

constexpr int GradientInputs = 8;

INLINE Vector load(const uint16_t* from) {
    Shorts shorts;
    std::memcpy(&shorts, from, sizeof shorts);
    return (Vector)(__builtin_convertvector(shorts, Bits) << 16);
}
INLINE float number(float value) { return value; }
INLINE float number(uint16_t value) {
    const uint32_t bits = static_cast<uint32_t>(value) << 16;
    float result;
    std::memcpy(&result, &bits, 4);
    return result;
}
INLINE void set(float* to, float value) { *to = value; }
INLINE void set(uint16_t* to, float value) { *to = bf16_of(value); }

int64_t packed_size(int32_t outputs, int32_t inputs, int32_t taps) {
    return round_up(outputs, Block) * round_up(inputs, ChannelStep) * taps * taps;
}

// [block][tap][input / step][2 vectors][step]
template <class T>
void pack_as(const float* w, int64_t so, int64_t si, int64_t su, int64_t sv, int32_t outputs, int32_t inputs, int32_t taps, float scale, T* packed) {
    constexpr int step = Step<T>::Channels;
    const int64_t channels = round_up(inputs, ChannelStep);
    for (int64_t block = 0; block < outputs; block += Block)
        for (int t = 0; t < taps * taps; t++)
            for (int64_t i = 0; i < channels; i += step)
                for (int64_t o = block; o < block + Block; o++)
                    for (int k = 0; k < step; k++)
                        set(packed++, o < outputs && i + k < inputs ? w[o * so + (i + k) * si + t / taps * su + t % taps * sv] * scale : 0);
}

template <int P, int V, class T> INLINE void pixels(const TrainRows& r, const T* x, const T* weights, int64_t first, T* y) {
    constexpr int step = Step<T>::Channels;
    Vector sums[P][V];
    for (int p = 0; p < P; p++)
        for (int v = 0; v < V; v++) sums[p][v] = Vector{};
    const int64_t pixel = static_cast<int64_t>(r.stride) * r.channels;
    for (int u = 0; u < r.taps; u++)
        for (int t = 0; t < r.taps; t++) {
            const T* tap = x + u * r.pitch + t * r.channels;
            for (int i = 0; i < r.channels; i += step) {
                typename Step<T>::Weight w[V];
                for (int v = 0; v < V; v++) w[v] = Step<T>::weight(weights + v * Lanes * step);
                weights += 2 * Lanes * step;
#pragma GCC unroll 8
                for (int p = 0; p < P; p++)
#pragma GCC unroll 2
                    for (int v = 0; v < V; v++) sums[p][v] = Step<T>::multiply(sums[p][v], w[v], tap + p * pixel + i);
            }
        }
    const int64_t left = r.outputs - first;
    for (int p = 0; p < P; p++) {
        T* out = y + p * r.y_pixel;
        if (left >= V * Lanes) {
            for (int v = 0; v < V; v++) {
                const Vector value = r.bias ? sums[p][v] + load(r.bias + first + v * Lanes) : sums[p][v];
                store(out + v * Lanes, larger(value, value * r.slope) * r.gain);
            }
        } else {
            for (int64_t o = 0; o < left; o++) {
                const float value = sums[p][o / Lanes][o % Lanes] + (r.bias ? r.bias[first + o] : 0);
                set(out + o, std::max(value, value * r.slope) * r.gain);
            }
        }
    }
}

template <int V, class T> INLINE void row(const TrainRows& r, const T* x, const T* weights, int64_t first, T* y) {
    const int64_t pixel = static_cast<int64_t>(r.stride) * r.channels;
    int at = 0;
    for (; at + 8 <= r.width; at += 8) pixels<8, V>(r, x + at * pixel, weights, first, y + at * r.y_pixel);
    if (at + 4 <= r.width) pixels<4, V>(r, x + at * pixel, weights, first, y + at * r.y_pixel), at += 4;
    if (at + 2 <= r.width) pixels<2, V>(r, x + at * pixel, weights, first, y + at * r.y_pixel), at += 2;
    if (at < r.width) pixels<1, V>(r, x + at * pixel, weights, first, y + at * r.y_pixel);
}

template <class T> void rows_as(const TrainRows& r) {
    const int64_t block_size = static_cast<int64_t>(Block) * r.taps * r.taps * r.channels;
    for (int64_t first = 0; first < r.outputs; first += Block) {
        const T* weights = static_cast<const T*>(r.weights) + first / Block * block_size;
        for (int64_t y = 0; y < r.height; y++) {
            const T* from = static_cast<const T*>(r.x) + y * r.stride * r.pitch;
            T* to = static_cast<T*>(r.y) + y * r.y_row + first;
            // A picture of three planes needs no second vector.
            r.outputs - first > Lanes ? row<2>(r, from, weights, first, to) : row<1>(r, from, weights, first, to);
        }
    }
}

// Rows that are taken together: about 256 outputs, so that sums stay in registers and all that is read in the second cache.
int32_t gradient_rows(const TrainGradient& g) { return std::min(g.height, std::max(1, 256 / g.width)); }

int64_t gradient_scratch(const TrainGradient& g) {
    const int64_t rows = gradient_rows(g), width = round_up(g.width, 2);
    return rows * width * round_up(g.outputs, Block) + ((rows - 1) * g.stride + g.taps) * g.taps * width * g.channels + 64;
}

// Channels of two neighbouring pixels side by side, as products of pairs want them; count elements of each, the rest 0.
INLINE void interleave(const uint16_t* a, const uint16_t* b, int64_t count, int64_t padded, uint16_t* out) {
    int64_t c = 0;
    for (; c + Lanes <= count; c += Lanes) {
        Shorts low, high;
        std::memcpy(&low, a + c, sizeof low);
        std::memcpy(&high, b + c, sizeof high);
        const Bits both = __builtin_convertvector(low, Bits) | (__builtin_convertvector(high, Bits) << 16);
        std::memcpy(out + 2 * c, &both, sizeof both);
    }
    for (; c < padded; c++) {
        out[2 * c] = c < count ? a[c] : 0;
        out[2 * c + 1] = c < count ? b[c] : 0;
    }
}
INLINE void interleave(const float* a, const float*, int64_t count, int64_t padded, float* out) {
    std::memcpy(out, a, count * sizeof(float));
    std::fill(out + count, out + padded, 0.0f);
}

// What some rows add to the gradient of one tap, of a few inputs and V vectors of outputs.
template <int V, class T>
INLINE void tap_gradient(const TrainGradient& g, const T* dy, int64_t row_dy, const T* x, int64_t row_x, int64_t rows, float* target) {
    constexpr int step = Step<T>::Channels;
    const int64_t outputs = round_up(g.outputs, Block), groups = g.width / step;
    Vector sums[GradientInputs][V];
    for (int k = 0; k < GradientInputs; k++)
        for (int w = 0; w < V; w++) sums[k][w] = load(target + k * outputs + w * Lanes);
    for (int64_t r = 0; r < rows; r++, dy += row_dy, x += row_x) {
        const T *d = dy, *from = x;
        for (int64_t j = 0; j < groups; j++, d += outputs * step, from += g.channels * step) {
            typename Step<T>::Weight values[V];
            for (int w = 0; w < V; w++) values[w] = Step<T>::weight(d + w * Lanes * step);
#pragma GCC unroll 8
            for (int k = 0; k < GradientInputs; k++)
#pragma GCC unroll 2
                for (int w = 0; w < V; w++) sums[k][w] = Step<T>::multiply(sums[k][w], values[w], from + k * step);
        }
    }
    for (int k = 0; k < GradientInputs; k++)
        for (int w = 0; w < V; w++) store(target + k * outputs + w * Lanes, sums[k][w]);
}

template <class T> void gradient_as(const TrainGradient& g) {
    constexpr int step = Step<T>::Channels;
    const int64_t outputs = round_up(g.outputs, Block), most = gradient_rows(g), groups = g.width / step;
    const int64_t pixel = static_cast<int64_t>(g.stride) * g.channels;
    T* const packed_dy = static_cast<T*>(g.scratch);
    T* const packed_x = packed_dy + most * g.width * outputs;
    const int64_t row_dy = groups * outputs * step, tap_x = groups * g.channels * step, row_x = g.taps * tap_x;
    for (int64_t begin = 0; begin < g.height; begin += most) {
        const int64_t rows = std::min<int64_t>(most, g.height - begin);
        for (int64_t r = 0; r < rows; r++) {
            const T* dy = static_cast<const T*>(g.dy) + (begin + r) * g.width * g.outputs;
            for (int64_t j = 0; j < groups; j++, dy += step * g.outputs)
                interleave(dy, dy + g.outputs, g.outputs, outputs, packed_dy + r * row_dy + j * outputs * step);
        }
        for (int64_t r = 0; r < (rows - 1) * g.stride + g.taps; r++)
            for (int v = 0; v < g.taps; v++) {
                const T* x = static_cast<const T*>(g.x) + (begin * g.stride + r) * g.pitch + v * g.channels;
                for (int64_t j = 0; j < groups; j++, x += step * pixel)
                    interleave(x, x + pixel, g.channels, g.channels, packed_x + r * row_x + v * tap_x + j * g.channels * step);
            }
        for (int u = 0; u < g.taps; u++)
            for (int v = 0; v < g.taps; v++)
                for (int64_t o = 0; o < outputs; o += Block)
                    for (int64_t i = 0; i < g.channels; i += GradientInputs) {
                        const T* dy = packed_dy + o * step;
                        const T* x = packed_x + u * row_x + v * tap_x + i * step;
                        float* sums = g.sums + ((u * g.taps + v) * g.channels + i) * outputs + o;
                        g.outputs - o > Lanes ? tap_gradient<2>(g, dy, row_dy, x, g.stride * row_x, rows, sums)
                                              : tap_gradient<1>(g, dy, row_dy, x, g.stride * row_x, rows, sums);
                    }
    }
}

// a x + b y, channels of a pixel or of a row.
template <class A, class T> INLINE void mix(const A* x, float a, const A* y, float b, int64_t count, T* out) {
    int64_t c = 0;
    for (; c + Lanes <= count; c += Lanes) store(out + c, load(x + c) * a + load(y + c) * b);
    for (; c < count; c++) set(out + c, number(x[c]) * a + number(y[c]) * b);
}

template <class T>
void border_as(const T* x, int32_t height, int32_t width, int32_t inputs, int32_t channels, int32_t border, int32_t edges, T* out, float* line) {
    const int64_t factor = edges == EdgesDouble ? 2 : 1, rows = height * factor, columns = width * factor;
    const int64_t pitch = (columns + 2 * border) * channels;
    for (int64_t row = 0; row < rows + 2 * border; row++, out += pitch) {
        const int64_t y = row - border;
        if (edges == EdgesZero && (y < 0 || y >= rows)) {
            std::memset(static_cast<void*>(out), 0, pitch * sizeof(T));
            continue;
        }
        const int64_t inside = std::min(std::max<int64_t>(y, 0), rows - 1);
        T* to = out + border * channels;
        if (edges == EdgesDouble) {
            // Rows first, then pixels: 3/4 of the nearer and 1/4 of the other, as far as there is one.
            const int64_t own = inside / 2, other = std::min(std::max<int64_t>(inside % 2 ? own + 1 : own - 1, 0), height - 1L);
            mix(x + own * width * inputs, 0.75f, x + other * width * inputs, 0.25f, static_cast<int64_t>(width) * inputs, line);
            for (int64_t i = 0; i < width; i++, to += 2 * channels) {
                const float *here = line + i * inputs, *before = line + std::max<int64_t>(i - 1, 0) * inputs,
                            *after = line + std::min(i + 1, width - 1L) * inputs;
                mix(here, 0.75f, before, 0.25f, inputs, to);
                mix(here, 0.75f, after, 0.25f, inputs, to + channels);
                if (inputs < channels) {
                    std::memset(static_cast<void*>(to + inputs), 0, (channels - inputs) * sizeof(T));
                    std::memset(static_cast<void*>(to + channels + inputs), 0, (channels - inputs) * sizeof(T));
                }
            }
        } else if (inputs == channels) {
            std::memcpy(static_cast<void*>(to), x + inside * width * inputs, static_cast<int64_t>(width) * inputs * sizeof(T));
        } else {
            for (int64_t i = 0; i < width; i++, to += channels) {
                std::memcpy(static_cast<void*>(to), x + (inside * width + i) * inputs, inputs * sizeof(T));
                std::memset(static_cast<void*>(to + inputs), 0, (channels - inputs) * sizeof(T));
            }
        }
        for (int64_t k = 0; k < border; k++) {
            T *left = out + k * channels, *right = out + (border + columns + k) * channels;
            if (edges == EdgesZero) {
                std::memset(static_cast<void*>(left), 0, channels * sizeof(T));
                std::memset(static_cast<void*>(right), 0, channels * sizeof(T));
            } else {
                std::memcpy(static_cast<void*>(left), out + border * channels, channels * sizeof(T));
                std::memcpy(static_cast<void*>(right), out + (border + columns - 1) * channels, channels * sizeof(T));
            }
        }
    }
}

// What each bordered line gives to line i of n: four of them from 2 i on where doubled, else three from i on.
INLINE void shares(int64_t i, int64_t n, bool doubled, float (&share)[4]) {
    const float outer = doubled ? 0.25f : 0, inner = doubled ? 0.75f : 1;
    share[0] = i == 0 ? 1 : outer;
    share[1] = i == 0 ? 1 : inner;
    share[2] = i == n - 1 ? 1 : doubled ? 0.75f : 0;
    share[3] = i == n - 1 && doubled ? 1 : outer;
}

template <class T> void fold_as(const T* x, int32_t height, int32_t width, int32_t channels, bool doubled, T* out, float* line) {
    const int64_t factor = doubled ? 2 : 1, columns = width * factor + 2, pitch = columns * channels;
    float s[4];
    for (int64_t row = 0; row < height; row++) {
        shares(row, height, doubled, s);
        const T* from = x + row * factor * pitch;
        const T* fourth = from + (doubled ? 3 : 0) * pitch;
        int64_t c = 0;
        for (; c + Lanes <= pitch; c += Lanes)
            store(line + c, load(from + c) * s[0] + load(from + pitch + c) * s[1] + load(from + 2 * pitch + c) * s[2] + load(fourth + c) * s[3]);
        for (; c < pitch; c++)
            line[c] = number(from[c]) * s[0] + number(from[pitch + c]) * s[1] + number(from[2 * pitch + c]) * s[2] + number(fourth[c]) * s[3];
        for (int64_t i = 0; i < width; i++, out += channels) {
            shares(i, width, doubled, s);
            const float* a = line + i * factor * channels;
            const float* d = a + (doubled ? 3 : 0) * channels;
            for (c = 0; c + Lanes <= channels; c += Lanes)
                store(out + c, load(a + c) * s[0] + load(a + channels + c) * s[1] + load(a + 2 * channels + c) * s[2] + load(d + c) * s[3]);
            for (; c < channels; c++) set(out + c, a[c] * s[0] + a[channels + c] * s[1] + a[2 * channels + c] * s[2] + d[c] * s[3]);
        }
    }
}

#include "train_gates.h"

typedef uint16_t Half;

void pack(const float* w, int64_t so, int64_t si, int64_t su, int64_t sv, int32_t outputs, int32_t inputs, int32_t taps, float scale, int32_t bf16, void* packed) {
    bf16 ? pack_as(w, so, si, su, sv, outputs, inputs, taps, scale, static_cast<Half*>(packed))
         : pack_as(w, so, si, su, sv, outputs, inputs, taps, scale, static_cast<float*>(packed));
}

void rows(const TrainRows& r, int32_t bf16) { bf16 ? rows_as<Half>(r) : rows_as<float>(r); }

void gradient(const TrainGradient& g, int32_t bf16) { bf16 ? gradient_as<Half>(g) : gradient_as<float>(g); }

void border(const void* x, int32_t height, int32_t width, int32_t inputs, int32_t channels, int32_t size, int32_t edges, int32_t bf16, void* out, float* line) {
    bf16 ? border_as(static_cast<const Half*>(x), height, width, inputs, channels, size, edges, static_cast<Half*>(out), line)
         : border_as(static_cast<const float*>(x), height, width, inputs, channels, size, edges, static_cast<float*>(out), line);
}

void fold(const void* x, int32_t height, int32_t width, int32_t channels, int32_t doubled, int32_t bf16, void* out, float* line) {
    bf16 ? fold_as(static_cast<const Half*>(x), height, width, channels, doubled, static_cast<Half*>(out), line)
         : fold_as(static_cast<const float*>(x), height, width, channels, doubled, static_cast<float*>(out), line);
}

void slope(const void* g, const void* y, int64_t pixels, int32_t channels, float slope, float gain, int32_t bf16, void* out, float* sums) {
    bf16 ? slope_as(static_cast<const Half*>(g), static_cast<const Half*>(y), pixels, channels, slope, gain, static_cast<Half*>(out), sums)
         : slope_as(static_cast<const float*>(g), static_cast<const float*>(y), pixels, channels, slope, gain, static_cast<float*>(out), sums);
}

void moments(const void* x, int64_t pixels, int32_t channels, const float* origin, int32_t bf16, float* sums, float* squares) {
    bf16 ? moments_as(static_cast<const Half*>(x), pixels, channels, origin, sums, squares)
         : moments_as(static_cast<const float*>(x), pixels, channels, origin, sums, squares);
}

void gate(const TrainGate& g, int32_t bf16) {
    bf16 ? gate_as(static_cast<const Half*>(g.x), g.pixels, g.channels, g.a, g.b, static_cast<Half*>(g.out))
         : gate_as(static_cast<const float*>(g.x), g.pixels, g.channels, g.a, g.b, static_cast<float*>(g.out));
}

void gate_sums(const TrainGate& g, int32_t bf16, const float* origin, float* plain, float* weighted) {
    bf16 ? gate_sums_as(static_cast<const Half*>(g.x), static_cast<const Half*>(g.dy), g.pixels, g.channels, g.a, g.b, origin, plain, weighted)
         : gate_sums_as(static_cast<const float*>(g.x), static_cast<const float*>(g.dy), g.pixels, g.channels, g.a, g.b, origin, plain, weighted);
}

void gate_gradient(const TrainGate& g, int32_t bf16, const float* q, const float* r) {
    bf16 ? gate_gradient_as(static_cast<const Half*>(g.x), static_cast<const Half*>(g.dy), g.pixels, g.channels, g.a, g.b, q, r, static_cast<Half*>(g.out))
         : gate_gradient_as(static_cast<const float*>(g.x), static_cast<const float*>(g.dy), g.pixels, g.channels, g.a, g.b, q, r, static_cast<float*>(g.out));
}

}  // namespace

const TrainKernels TRAIN_TABLE = {Lanes, packed_size, pack, rows, gradient_scratch, gradient, border, fold, slope, moments, gate, gate_sums, gate_gradient};

}  // namespace ainim
