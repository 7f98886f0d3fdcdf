// @about "Repaints the picture by brightness with a ring of three colours."
// @kind point
// @param amount 0 1 1 "0 leaves the picture, 1 shows only the palette."
// @param hue -180 180 0 deg "Turns the palette."
// @param spread 0 2 0.6 "How far the hue runs from dark to bright."
// @param vivid 0 1 0.8 "How colourful the palette is."
// @param cycle -2 2 0 "Turns of the palette a second."
// @param bands 0.25 4 1 exp "How often the palette repeats from dark to bright."
// @integrate cycled cycle
// @once float start = hue / 360.0 + cycled;

float wave(float t) {
    t = fract(t) * 2.0 - 1.0;
    return 4.0 * t * (1.0 - abs(t));
}

// Quilez's cosine palettes, the cosine made of parabolas; brightness stays what it was.
vec3 shade(vec3 color, vec2 uv) {
    float l = luma(color), s = sqrt(l);
    float t = start + s * spread * bands;
    vec3 ring = 0.5 + 0.5 * vivid * vec3(wave(t), wave(t + 0.33), wave(t + 0.67));
    ring *= ring;
    float grey = luma(ring);
    vec3 painted = ring * (l / max(grey, 0.05));
    // Colours that would leave the display fade towards white instead of clipping.
    float top = max(painted.r, max(painted.g, painted.b));
    painted = mix(painted, vec3(l), clamp((top - 1.0) / max(top - l, 0.001), 0.0, 1.0) * step(1.0, top));
    return mix(color, painted, amount);
}
