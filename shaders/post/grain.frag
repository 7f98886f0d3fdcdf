// @about "Film grain, new in every frame, strongest in the mid-tones."
// @kind finish
// @param amount 0 0.5 0.06 "Deviation of the grain at mid-grey, in display values times six."
// @param color 0 1 0.3 "0 is grey grain, 1 grain of its own in each channel."
// @once ivec2 shift = ivec2(256.0 * fract((u_frame + 1.0) * vec2(0.7548776662, 0.5698402910)));

vec3 shade(vec3 c, vec2 uv) {
    vec4 n = noise(ivec2(gl_FragCoord.xy) + shift) - 0.5;
    float l = clamp(luma(c), 0.0, 1.0);
    return c + mix(n.aaa, n.rgb, color) * (amount * (0.25 + 3.0 * l * (1.0 - l)));
}
