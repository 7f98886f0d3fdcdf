// @about "Flattens colours into a few tones with clean borders."
// @kind finish
// @param levels 2 16 5 "Tones from black to white."
// @param amount 0 1 1 "0 leaves the picture, 1 is flat."
// @param soft 0.02 1 0.15 "Softness of the borders."

vec3 shade(vec3 c, vec2 uv) {
    vec3 s = clamp(c, 0.0, 1.0) * (levels - 1.0);
    vec3 base = floor(s), f = s - base;
    f = clamp((f - 0.5) / soft + 0.5, 0.0, 1.0);
    return mix(c, (base + f * f * (3.0 - 2.0 * f)) / (levels - 1.0), amount);
}
