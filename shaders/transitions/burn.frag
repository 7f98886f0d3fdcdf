// @about "The old picture burns away from many places; the rims glow, and no brighter than what is there."
vec3 transition(vec2 uv) {
    vec2 p = uv * vec2(u_aspect, 1.0);
    float order = 0.6 * field(p * 4.0) + 0.3 * field(p * 9.0 + 4.0) + 0.1 * field(p * 23.0 + 9.0);
    order = smoothstep(0.2, 0.8, order);
    float front = progress * 1.5 - 0.25;
    vec3 a = from(uv), b = to(uv);
    float mask = 1.0 - smoothstep(front - 0.05, front + 0.02, order);
    float rim = smoothstep(front - 0.08, front, order) * (1.0 - smoothstep(front, front + 0.18, order));
    vec3 charred = a * mix(vec3(1.0), vec3(1.25, 0.55, 0.2), rim);
    return mix(charred, b, mask);
}
