// 3x3 convolutions by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2016): four neighbouring outputs from 16
// products instead of 36. A tile of 4x4 inputs and the weights are transformed, multiplied place by place (16 ordinary
// matrix products over the channels), and transformed back. Part of style_loops.h.

// As many tiles at once as leave both sides of the products in the second-level cache.
constexpr int64_t WinogradBytes = 600 * 1024;

template <class T> int64_t winograd_tiles(const StyleConv& conv) {
    const int64_t bytes = 16 * (conv.in_stride * static_cast<int64_t>(sizeof(T)) + Block * 4);
    const int64_t all_tiles = static_cast<int64_t>(conv.height / 2) * (conv.width / 2);
    const int64_t fitting = WinogradBytes / bytes / 12 * 12;
    return fitting < 12 ? 12 : fitting < all_tiles ? fitting : all_tiles;
}

INLINE Vector widened(const float* from) { return load(from); }
INLINE Vector widened(const uint16_t* from) {
    Shorts shorts;
    std::memcpy(&shorts, from, sizeof shorts);
    return (Vector)(__builtin_convertvector(shorts, Bits) << 16);
}

// Down a column of four: [0 - 2, 1 + 2, 2 - 1, 1 - 3].
template <class T> INLINE void winograd_column(Vector (&column)[4], const T* from, ptrdiff_t line) {
    const Vector a = widened(from), b = widened(from + line), c = widened(from + 2 * line), d = widened(from + 3 * line);
    column[0] = a - c, column[1] = b + c, column[2] = c - b, column[3] = b - d;
}

// The transformed inputs of tiles [first, last), counted along the rows of tiles: [16, tiles, in_stride].
template <class T> void winograd_inputs(const StyleConv& conv, int64_t first, int64_t last, T* to, int64_t tiles) {
    const ptrdiff_t line = static_cast<ptrdiff_t>(conv.width + 2) * conv.in_stride;
    const int64_t across = conv.width / 2;
    const ptrdiff_t place = tiles * conv.in_stride;
    for (int64_t tile = first; tile < last;) {
        const int64_t row = tile / across, column = tile % across;
        const int64_t count = last - tile < across - column ? last - tile : across - column;
        for (int c = 0; c < conv.in_stride; c += Lanes) {
            const T* from = static_cast<const T*>(conv.x) + 2 * row * line + 2 * column * conv.in_stride + c;
            T* target = to + (tile - first) * conv.in_stride + c;
            Vector c0[4], c1[4], c2[4], c3[4];
            winograd_column(c0, from, line);
            winograd_column(c1, from + conv.in_stride, line);
            for (int64_t t = 0; t < count; t++, target += conv.in_stride) {
                from += 2 * conv.in_stride;
                winograd_column(c2, from, line);
                winograd_column(c3, from + conv.in_stride, line);
                for (int i = 0; i < 4; i++) {
                    store(target + (4 * i) * place, c0[i] - c2[i]);
                    store(target + (4 * i + 1) * place, c1[i] + c2[i]);
                    store(target + (4 * i + 2) * place, c2[i] - c1[i]);
                    store(target + (4 * i + 3) * place, c1[i] - c3[i]);
                    c0[i] = c2[i], c1[i] = c3[i];
                }
            }
        }
        tile += count;
    }
}

// One block of outputs of tiles [first, last): products, then back to pixels and what follows.
template <int V, int A, class T>
void winograd_block(const StyleConv& conv, const T* weights, Tail tail, T* y, int64_t first, int64_t last, const T* inputs, float* products, int64_t tiles) {
    const int64_t count = last - first, across = conv.width / 2;
    const ptrdiff_t step = static_cast<ptrdiff_t>(padded_inputs<T>(conv.inputs)) * V * Lanes;
    for (int place = 0; place < 16; place++) {
        const T* x = inputs + place * tiles * conv.in_stride;
        float* target = products + place * tiles * Block;
        for (int64_t tile = 0; tile < count;) {
            const T* taps[1] = {x + tile * conv.in_stride};
            const int taken = pixels(static_cast<int>(count - tile));
            FOR_PIXELS(P, taken, {
                Vector sums[P][V];
                multiply<P, V>(sums, taps, 1, weights + place * step, conv.inputs, conv.in_stride);
                for (int p = 0; p < P; p++)
                    for (int v = 0; v < V; v++) store(target + (tile + p) * Block + v * Lanes, sums[p][v]);
            })
            tile += taken;
        }
    }
    const ptrdiff_t out_line = static_cast<ptrdiff_t>(conv.width + 2) * conv.out_stride;
    tail.gain = 1;
    tail.plane = static_cast<ptrdiff_t>(conv.height) * conv.width;
    for (int64_t tile = first; tile < last;) {
        const int64_t row = tile / across, column = tile % across;
        const int64_t left = last - tile < across - column ? last - tile : across - column;
        const int taken = Lanes == 16 && left >= 4 ? 8 : left >= 2 ? 4 : 2;
        FOR_PIXELS(P, taken, {
            Vector sums[2][P][V];
            for (int p = 0; p < P / 2; p++)
                for (int v = 0; v < V; v++) {
                    const float* from = products + (tile - first + p) * Block + v * Lanes;
                    Vector upper[4], lower[4];
                    for (int j = 0; j < 4; j++) {
                        const Vector m0 = load(from + j * tiles * Block), m1 = load(from + (4 + j) * tiles * Block);
                        const Vector m2 = load(from + (8 + j) * tiles * Block), m3 = load(from + (12 + j) * tiles * Block);
                        upper[j] = m0 + m1 + m2, lower[j] = m1 - m2 - m3;
                    }
                    sums[0][2 * p][v] = upper[0] + upper[1] + upper[2], sums[0][2 * p + 1][v] = upper[1] - upper[2] - upper[3];
                    sums[1][2 * p][v] = lower[0] + lower[1] + lower[2], sums[1][2 * p + 1][v] = lower[1] - lower[2] - lower[3];
                }
            for (int half = 0; half < 2; half++) {
                const int64_t pixel_row = 2 * row + half;
                T* target = y ? y + (pixel_row + 1) * out_line + conv.out_stride : nullptr;
                tail.noise_a = conv.noise_a ? conv.noise_a + pixel_row * conv.width : nullptr;
                tail.noise_b = conv.noise_b ? conv.noise_b + pixel_row * conv.width : nullptr;
                tail.colours = conv.colours ? conv.colours + pixel_row * conv.width : nullptr;
                finish<P, V, A>(sums[half], tail, static_cast<int>(2 * column), target, conv.out_stride);
            }
        })
        tile += taken / 2;
    }
}

template <class T> void winograd_rows(const StyleConv& conv, int first, int last) {
    const bool gated = conv.activation == ActivationGated;
    const int vectors = vectors_of(conv.outputs, gated);
    const ptrdiff_t size = static_cast<ptrdiff_t>(16) * padded_inputs<T>(conv.inputs) * Lanes;
    const int64_t tiles = winograd_tiles<T>(conv), end = static_cast<int64_t>(last / 2) * (conv.width / 2);
    float* const products = conv.scratch;
    T* const inputs = reinterpret_cast<T*>(products + 16 * tiles * Block);
    for (int64_t tile = static_cast<int64_t>(first / 2) * (conv.width / 2); tile < end; tile += tiles) {
        const int64_t until = tile + tiles < end ? tile + tiles : end;
        winograd_inputs(conv, tile, until, inputs, tiles);
        for (int vector = 0; vector < vectors; vector += 2) {
            const Tail tail = tail_of(conv, vector);
            const T* weights = static_cast<const T*>(conv.weights) + vector * size;
            T* y = static_cast<T*>(conv.y);
            if (y) y += gated ? vector / 2 * Lanes : vector * Lanes;
            const auto run = [&](auto&& block) { block(conv, weights, tail, y, tile, until, inputs, products, tiles); };
            if (gated)
                run(winograd_block<2, ActivationGated, T>);
            else if (vector + 1 < vectors)
                conv.activation == ActivationLeaky ? run(winograd_block<2, ActivationLeaky, T>) : run(winograd_block<2, ActivationLinear, T>);
            else
                conv.activation == ActivationLeaky ? run(winograd_block<1, ActivationLeaky, T>) : run(winograd_block<1, ActivationLinear, T>);
        }
    }
    if (conv.y) make_border<T>(conv, first, last);
}

// [O, I, 3, 3] to [O, I, 4, 4].
void winograd_weights(const float* weight, int64_t count, float* transformed) {
    for (int64_t i = 0; i < count; i++, weight += 9, transformed += 16) {
        float rows[4][3];
        for (int k = 0; k < 3; k++) {
            const float a = weight[k], b = weight[3 + k], c = weight[6 + k];
            rows[0][k] = a, rows[1][k] = (a + b + c) / 2, rows[2][k] = (a - b + c) / 2, rows[3][k] = c;
        }
        for (int r = 0; r < 4; r++) {
            const float a = rows[r][0], b = rows[r][1], c = rows[r][2];
            transformed[4 * r] = a, transformed[4 * r + 1] = (a + b + c) / 2;
            transformed[4 * r + 2] = (a - b + c) / 2, transformed[4 * r + 3] = c;
        }
    }
}
