// Weights in the order in which the loops read them. Part of style_loops.h.

template <class T> void pack_as(const float* weight, int outputs, int inputs, int size, bool up, bool gated, T* packed) {
    // Of a transposed convolution, the taps of its four phases; see up_block.
    static const int phases[] = {0, 2, 6, 8, 1, 7, 3, 5, 4};
    const int taps = size * size, vectors = vectors_of(outputs, gated), half = outputs / 2;
    constexpr int channels = Step<T>::Channels;
    for (int vector = 0; vector < vectors; vector += 2) {
        const int width = vectors - vector < 2 ? 1 : 2;
        for (int t = 0; t < taps; t++) {
            const int tap = up ? phases[t] : t;
            for (int i = 0; i < inputs; i += channels)
                for (int v = 0; v < width; v++)
                    for (int lane = 0; lane < Lanes; lane++)
                        for (int k = 0; k < channels; k++) {
                            int o = (vector + v) * Lanes + lane;
                            bool present = o < outputs;
                            if (gated) {
                                o = vector / 2 * Lanes + lane;
                                present = o < half;
                                o += v * half;
                            }
                            const float value = present && i + k < inputs
                                ? weight[(static_cast<ptrdiff_t>(o) * inputs + i + k) * taps + tap] : 0;
                            if constexpr (channels == 1)
                                *packed++ = value;
                            else
                                *packed++ = bf16_of(value);
                        }
        }
    }
}

void pack(const float* weight, int32_t outputs, int32_t inputs, int32_t up, int32_t winograd, int32_t gated, int32_t bf16, void* packed) {
    const int size = winograd ? 4 : 3;
    float* transformed = nullptr;
    if (winograd) {
        transformed = new float[static_cast<size_t>(16) * outputs * inputs];
        winograd_weights(weight, static_cast<int64_t>(outputs) * inputs, transformed);
        weight = transformed;
    }
    if (bf16)
        pack_as(weight, outputs, inputs, size, up, gated, static_cast<uint16_t*>(packed));
    else
        pack_as(weight, outputs, inputs, size, up, gated, static_cast<float*>(packed));
    delete[] transformed;
}
