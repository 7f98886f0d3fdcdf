// @about "The old picture melts and runs down, the new one is behind it."
vec3 transition(vec2 uv) {
    float e = smoothstep(0.0, 1.0, progress);
    float run = 0.35 + 0.65 * field(vec2(uv.x * u_aspect * 6.0, 3.7));
    float fall = 1.5 * e * e * run;
    float wobble = 0.05 * e * (field(uv * vec2(u_aspect, 1.0) * 5.0 + vec2(0.0, 2.0 * e)) - 0.5);
    vec3 a = from(mirror(vec2(uv.x + wobble, uv.y - fall)));
    float order = (1.0 - uv.y) * 0.5 + 0.5 * (1.0 - run);
    return mix(to(uv), a, smoothstep(e * 1.7 - 0.35 - 0.3, e * 1.7 - 0.35 + 0.3, 1.35 - order) * (1.0 - smoothstep(0.7, 1.0, e)));
}
