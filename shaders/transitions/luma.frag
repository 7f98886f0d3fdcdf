// @about "Dark places change first, bright ones last: the old picture's lights stand until the end."
vec3 transition(vec2 uv) {
    vec3 a = from(uv);
    float order = clamp(to_display(vec3(luma(a))).r, 0.0, 1.0) * 0.75 + 0.25 * field(uv * 3.0);
    return mix(a, to(uv), smoothstep(order - 0.3, order + 0.3, progress * 1.6 - 0.3));
}
