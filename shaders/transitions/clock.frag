// @about "The new picture sweeps round the middle like the hand of a clock."
vec3 transition(vec2 uv) {
    vec2 p = (uv - 0.5) * vec2(u_aspect, 1.0);
    float turn = atan(p.x, -p.y) / 6.2831853;
    float order = turn < 0.0 ? turn + 1.0 : turn;
    float soft = 0.06;
    return mix(from(uv), to(uv), 1.0 - smoothstep(-soft, soft, order - (progress * (1.0 + 2.0 * soft) - soft)));
}
