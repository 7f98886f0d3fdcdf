// Vectors of one instruction set, as wide as STYLE_LANES, and the arithmetic on them. Part of style_loops.h.

constexpr int Lanes = STYLE_LANES;
constexpr int Block = 2 * Lanes;

typedef float Vector __attribute__((vector_size(4 * Lanes)));
typedef int32_t Ints __attribute__((vector_size(4 * Lanes)));
typedef uint32_t Bits __attribute__((vector_size(4 * Lanes)));
typedef uint16_t Shorts __attribute__((vector_size(2 * Lanes)));

#define INLINE inline __attribute__((always_inline))

INLINE Vector load(const float* from) {
    Vector v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
INLINE void store(float* to, Vector v) { std::memcpy(to, &v, sizeof v); }
INLINE Vector all(float value) { return value - Vector{}; }
INLINE Vector smaller(Vector a, Vector b) { return a < b ? a : b; }
INLINE Vector larger(Vector a, Vector b) { return a > b ? a : b; }

// Rounded to nearest, ties to even.
INLINE void store(uint16_t* to, Vector v) {
#if defined(__AVX512BF16__)
    const __m256bh rounded = _mm512_cvtneps_pbh((__m512)v);
    std::memcpy(to, &rounded, sizeof rounded);
#else
    Bits bits = (Bits)v;
    bits = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    const Shorts rounded = __builtin_convertvector(bits, Shorts);
    std::memcpy(to, &rounded, sizeof rounded);
#endif
}

INLINE uint16_t bf16_of(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, 4);
    return static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// One step of the reduction: one channel in float, a pair of them in bfloat16.
template <class T> struct Step;
template <> struct Step<float> {
    static constexpr int Channels = 1;
    typedef Vector Weight;
    static INLINE Weight weight(const float* from) { return load(from); }
    static INLINE Vector multiply(Vector sum, Weight weight, const float* x) { return sum + weight * *x; }
};
template <> struct Step<uint16_t> {
    static constexpr int Channels = 2;
#if defined(__AVX512BF16__)
    typedef __m512bh Weight;
    static INLINE Weight weight(const uint16_t* from) { return (__m512bh)_mm512_loadu_si512(from); }
    static INLINE Vector multiply(Vector sum, Weight weight, const uint16_t* x) {
        int32_t pair;
        std::memcpy(&pair, x, 4);
        return (Vector)_mm512_dpbf16_ps((__m512)sum, weight, (__m512bh)_mm512_set1_epi32(pair));
    }
#else
    struct Weight { Vector low, high; };
    static INLINE Weight weight(const uint16_t* from) {
        Bits bits;
        std::memcpy(&bits, from, sizeof bits);
        return {(Vector)(bits << 16), (Vector)(bits & 0xffff0000u)};
    }
    static INLINE Vector multiply(Vector sum, Weight weight, const uint16_t* x) {
        const uint32_t low = static_cast<uint32_t>(x[0]) << 16, high = static_cast<uint32_t>(x[1]) << 16;
        float a, b;
        std::memcpy(&a, &low, 4);
        std::memcpy(&b, &high, 4);
        return sum + weight.low * a + weight.high * b;
    }
#endif
};

// [a0 + a1, a2 + a3, .., b0 + b1, ..]
INLINE Vector add_pairs(Vector a, Vector b) {
#if STYLE_LANES == 16
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
        + __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
#elif STYLE_LANES == 8
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14) + __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
#else
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
#endif
}

// The sum of each of P vectors in the first P lanes of one; P at most the lanes.
template <int P> INLINE Vector sums_of(const Vector (&values)[P]) {
    Vector level[Lanes];
    for (int p = 0; p < Lanes; p++) level[p] = p < P ? values[p < P ? p : 0] : Vector{};
#pragma GCC unroll 4
    for (int width = Lanes / 2; width >= 1; width /= 2)
#pragma GCC unroll 8
        for (int i = 0; i < width; i++) level[i] = add_pairs(level[2 * i], level[2 * i + 1]);
    return level[0];
}

// e^x to about 1e-7 of its value (Cephes' polynomial).
INLINE Vector exponential(Vector x) {
    x = smaller(larger(x, all(-87)), all(87));
    const Vector magic = all(12582912.0f);
    const Vector rounded = x * 1.44269504088896341f + magic;
    const Vector k = rounded - magic;
    const Vector f = (x - k * 0.693359375f) + k * 2.12194440e-4f;
    Vector y = all(1.9875691500e-4f);
    y = y * f + 1.3981999507e-3f;
    y = y * f + 8.3334519073e-3f;
    y = y * f + 4.1665795894e-2f;
    y = y * f + 1.6666665459e-1f;
    y = y * f + 5.0000001201e-1f;
    y = y * f * f + f + 1.0f;
    return (Vector)((Ints)y + (((Ints)rounded - (Ints)magic) << 23));
}

INLINE Vector sigmoid(Vector x) { return 1.0f / (1.0f + exponential(-x)); }
