// Normalisation over a batch with scale and shift per sample, then a gated linear unit; and what follows a convolution. Part
// of train_loops.h. Pixels are taken in groups, so that sums stay in registers for a while.

constexpr int64_t PixelGroup = 8;

// sums[c] += x - origin, squares[c] += (x - origin)^2 over a sample's pixels; channels are a multiple of the lanes.
template <class T> void moments_as(const T* x, int64_t pixels, int32_t channels, const float* origin, float* sums, float* squares) {
    for (int64_t first = 0; first < pixels; first += PixelGroup) {
        const int64_t count = std::min(PixelGroup, pixels - first);
        for (int64_t c = 0; c < channels; c += Lanes) {
            Vector sum = load(sums + c), square = load(squares + c);
            const Vector shift = load(origin + c);
            for (int64_t p = 0; p < count; p++) {
                const Vector value = load(x + (first + p) * channels + c) - shift;
                sum = sum + value;
                square = square + value * value;
            }
            store(sums + c, sum);
            store(squares + c, square);
        }
    }
}

// y = (a x + b) of the first half times the sigmoid of that of the second; channels of x.
template <class T> void gate_as(const T* x, int64_t pixels, int32_t channels, const float* a, const float* b, T* y) {
    const int64_t half = channels / 2;
    for (int64_t first = 0; first < pixels; first += PixelGroup) {
        const int64_t count = std::min(PixelGroup, pixels - first);
        for (int64_t c = 0; c < half; c += Lanes) {
            const Vector scale = load(a + c), shift = load(b + c), gate_scale = load(a + half + c), gate_shift = load(b + half + c);
            for (int64_t p = first; p < first + count; p++) {
                const T* from = x + p * channels + c;
                store(y + p * half + c, (load(from) * scale + shift) * sigmoid(load(from + half) * gate_scale + gate_shift));
            }
        }
    }
}

// Gradients of value and gate before they meet.
template <class T> INLINE void split(const T* x, const T* dy, int64_t half, Vector scale, Vector shift, Vector gate_scale, Vector gate_shift, Vector& value, Vector& gate) {
    const Vector gradient = load(dy), open = sigmoid(load(x + half) * gate_scale + gate_shift);
    value = gradient * open;
    gate = value * (load(x) * scale + shift) * (1.0f - open);
}

// plain[c] += du, weighted[c] += du x: what the gradients of scale and shift are made of.
template <class T> void gate_sums_as(const T* x, const T* dy, int64_t pixels, int32_t channels, const float* a, const float* b, const float* origin, float* plain, float* weighted) {
    const int64_t half = channels / 2;
    for (int64_t first = 0; first < pixels; first += PixelGroup) {
        const int64_t count = std::min(PixelGroup, pixels - first);
        for (int64_t c = 0; c < half; c += Lanes) {
            const Vector scale = load(a + c), shift = load(b + c), gate_scale = load(a + half + c), gate_shift = load(b + half + c);
            const Vector zero = load(origin + c), gate_zero = load(origin + half + c);
            Vector sums[4] = {load(plain + c), load(plain + half + c), load(weighted + c), load(weighted + half + c)};
            for (int64_t p = first; p < first + count; p++) {
                const T* from = x + p * channels + c;
                Vector value, gate;
                split(from, dy + p * half + c, half, scale, shift, gate_scale, gate_shift, value, gate);
                sums[0] = sums[0] + value;
                sums[1] = sums[1] + gate;
                sums[2] = sums[2] + value * (load(from) - zero);
                sums[3] = sums[3] + gate * (load(from + half) - gate_zero);
            }
            store(plain + c, sums[0]);
            store(plain + half + c, sums[1]);
            store(weighted + c, sums[2]);
            store(weighted + half + c, sums[3]);
        }
    }
}

// dx = a du + q x + r
template <class T> void gate_gradient_as(const T* x, const T* dy, int64_t pixels, int32_t channels, const float* a, const float* b, const float* q, const float* r, T* dx) {
    const int64_t half = channels / 2;
    for (int64_t first = 0; first < pixels; first += PixelGroup) {
        const int64_t count = std::min(PixelGroup, pixels - first);
        for (int64_t c = 0; c < half; c += Lanes) {
            const Vector scale = load(a + c), shift = load(b + c), gate_scale = load(a + half + c), gate_shift = load(b + half + c);
            for (int64_t p = first; p < first + count; p++) {
                const T* from = x + p * channels + c;
                Vector value, gate;
                split(from, dy + p * half + c, half, scale, shift, gate_scale, gate_shift, value, gate);
                store(dx + p * channels + c, value * scale + load(from) * load(q + c) + load(r + c));
                store(dx + p * channels + half + c, gate * gate_scale + load(from + half) * load(q + half + c) + load(r + half + c));
            }
        }
    }
}

template <class T> void slope_as(const T* g, const T* y, int64_t pixels, int32_t channels, float slope, float gain, T* out, float* sums) {
    const float other = slope * gain;
    const int64_t whole = channels / Lanes * Lanes;
    for (int64_t first = 0; first < pixels; first += PixelGroup) {
        const int64_t end = std::min(first + PixelGroup, pixels);
        for (int64_t c = 0; c < whole; c += Lanes) {
            Vector sum = load(sums + c);
            for (int64_t p = first; p < end; p++) {
                const int64_t at = p * channels + c;
                const Vector value = load(g + at) * (load(y + at) > 0.0f ? all(gain) : all(other));
                store(out + at, value);
                sum = sum + value;
            }
            store(sums + c, sum);
        }
        for (int64_t c = whole; c < channels; c++)
            for (int64_t at = first * channels + c; at < end * channels; at += channels) {
                const float value = number(g[at]) * (number(y[at]) > 0 ? gain : other);
                set(out + at, value);
                sums[c] += value;
            }
    }
}
