// @about "Turns the picture into its negative, hues kept or turned."
// @kind finish
// @smooth
// @param amount 0 1 0 "0 leaves the picture, 1 is the negative."
// @param keep_hue 0 1 0 "1 inverts brightness only."

vec3 shade(vec3 c, vec2 uv) {
    vec3 negative = 1.0 - c;
    float high = max(c.r, max(c.g, c.b)), low = min(c.r, min(c.g, c.b));
    return mix(c, mix(negative, c + (1.0 - high - low), keep_hue), amount);
}
