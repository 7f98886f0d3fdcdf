// @about "Light spills over from bright places."
// @kind point
// @param strength 0 3 0.6 "How much light spills."
// @param threshold 0 2 0.5 "Linear light above which a place spills."
// @param radius 0 1 0.5 "0 is a tight glow, 1 a wide haze."
// @pass glow 4
// @pass wide 16
// @pass wide_x 16
// @pass wide_y 16
// @pass glow_x 4
// @pass glow_y 4
//
// Adds light, so the picture never gets darker. Blurs are Gaussian, at a quarter and a sixteenth of the output size.

// Linear filtering between texels makes five fetches do the work of nine, and three the work of five.
const vec3 weights = vec3(0.22702703, 0.31621622, 0.07027027);
const vec3 offsets = vec3(0.0, 1.38461538, 3.23076923);
const vec2 tight_weights = vec2(0.375, 0.3125);
const float tight_offset = 1.2;

vec3 glow(vec2 uv) {
    vec2 o = picture_texel;
    vec3 c = 0.25 * (picture(uv + vec2(-o.x, -o.y)) + picture(uv + vec2(o.x, -o.y)) + picture(uv + vec2(-o.x, o.y)) + picture(uv + o));
    float bright = max(c.r, max(c.g, c.b));
    // A soft knee: no hard edge where a place crosses the threshold.
    float over = max(bright - threshold, 0.0);
    float soft = clamp(bright - 0.5 * threshold, 0.0, threshold);
    return c * max(over, soft * soft / (2.0 * threshold + 0.0001) * 0.5) / max(bright, 0.0001);
}

vec3 wide(vec2 uv) {
    vec2 o = glow_texel;
    return 0.25 * (buffer_glow(uv + vec2(-o.x, -o.y)) + buffer_glow(uv + vec2(o.x, -o.y)) + buffer_glow(uv + vec2(-o.x, o.y)) + buffer_glow(uv + o));
}

vec3 wide_x(vec2 uv) {
    vec2 a = vec2(u_texel.x * offsets.y, 0.0), b = vec2(u_texel.x * offsets.z, 0.0);
    return buffer_wide(uv) * weights.x + (buffer_wide(uv + a) + buffer_wide(uv - a)) * weights.y + (buffer_wide(uv + b) + buffer_wide(uv - b)) * weights.z;
}

vec3 wide_y(vec2 uv) {
    vec2 a = vec2(0.0, u_texel.y * offsets.y), b = vec2(0.0, u_texel.y * offsets.z);
    return buffer_wide_x(uv) * weights.x + (buffer_wide_x(uv + a) + buffer_wide_x(uv - a)) * weights.y + (buffer_wide_x(uv + b) + buffer_wide_x(uv - b)) * weights.z;
}

vec3 glow_x(vec2 uv) {
    vec2 a = vec2(u_texel.x * tight_offset, 0.0);
    return buffer_glow(uv) * tight_weights.x + (buffer_glow(uv + a) + buffer_glow(uv - a)) * tight_weights.y;
}

vec3 glow_y(vec2 uv) {
    vec2 a = vec2(0.0, u_texel.y * tight_offset);
    vec3 tight = buffer_glow_x(uv) * tight_weights.x + (buffer_glow_x(uv + a) + buffer_glow_x(uv - a)) * tight_weights.y;
    return mix(tight, buffer_wide_y(uv), radius);
}

vec3 shade(vec3 color, vec2 uv) {
    return color + buffer_glow_y(uv) * strength;
}
