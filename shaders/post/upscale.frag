// @about "Resamples the generator's picture to the size that the chain works at; part of every chain, whether named or not."
// @kind source
// @param sharpness 0 1 0.7 "Crispness of edges: 0 is soft, 1 is strong."
// @param ring 0 1 0.4 "How much over- and undershoot beside edges is let through."
//
// Keys' cubic convolution (IEEE Trans. ASSP 29(6), 1981), run along x and then along y, in display values: light would
// put dark fringes beside bright edges. sharpness is Keys' a. The anti-ringing clamp keeps a value between the two
// samples that enclose it. For shrinking, the kernel is stretched by SHRINK.
//
// The chain provides: vec3 sample_at(int i), TAPS, SHRINK. position counts in samples; sample i lies at i + 0.5.

// @once float key_a = -mix(0.2, 1.1, sharpness);

float kernel(float x) {
    x = abs(x);
    float near = ((key_a + 2.0) * x - (key_a + 3.0)) * x * x + 1.0;
    float far = ((x - 5.0) * x + 8.0) * x * key_a - 4.0 * key_a;
    return x < 1.0 ? near : (x < 2.0 ? far : 0.0);
}

vec3 resample(float position) {
    float start = floor(position - 0.5);
    int i = int(start);
#if TAPS == 4
    float t = position - 0.5 - start, u = 1.0 - t;
    float w0 = key_a * t * u * u, w3 = key_a * u * t * t;
    float w2 = ((key_a + 2.0) * u - (key_a + 3.0)) * u * u + 1.0;
    vec3 c1 = sample_at(i), c2 = sample_at(i + 1);
    vec3 c = sample_at(i - 1) * w0 + c1 * (1.0 - w0 - w2 - w3) + c2 * w2 + sample_at(i + 2) * w3;
    return mix(clamp(c, min(c1, c2), max(c1, c2)), c, ring);
#else
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int k = 1 - TAPS / 2; k <= TAPS / 2; k++) {
        float w = kernel((position - 0.5 - start - float(k)) / SHRINK);
        sum += sample_at(i + k) * w;
        weights += w;
    }
    return sum / weights;
#endif
}
