// @about "Flies through the old picture into the new one behind it."
vec3 transition(vec2 uv) {
    vec2 p = uv - 0.5;
    float e = smoothstep(0.0, 1.0, progress);
    vec3 a = from(mirror(0.5 + p * exp2(-1.6 * e)));
    vec3 b = to(mirror(0.5 + p * exp2(0.6 * (1.0 - e))));
    // It opens from the middle, where the flight goes.
    float open = length(p * vec2(u_aspect, 1.0)) * 0.7;
    return mix(a, b, smoothstep(open - 0.35, open + 0.35, e * 1.9 - 0.35));
}
