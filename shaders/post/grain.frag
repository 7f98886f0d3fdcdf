// @about "Film grain, new in every frame, strongest in the mid-tones."
// @kind finish
// @param amount 0 0.5 0.06 "Strength: the grain's deviation at mid-grey is about a sixth of it."
// @param color 0 1 0.3 "0 is grey grain, 1 grain of its own in each channel."
// @once ivec2 shift = ivec2(256.0 * fract((u_frame + 1.0) * vec2(0.7548776662, 0.5698402910)));
//
// One fetch from a texture of smoothed normal noise (noise(p): mean 0.5, deviation 0.16): a hash good enough to look
// like film costs more on a processor, and plain white noise looks like a bad cable.

vec3 shade(vec3 c, vec2 uv) {
    vec4 n = noise(ivec2(gl_FragCoord.xy) + shift);
    float l = luma(c);
    float k = max(l - l * l, 0.0) * (3.0 * amount) + 0.25 * amount;
    return c + k * (n.rgb * color + (n.a * (1.0 - color) - 0.5));
}
