// @about "The new picture pushes in and drags the old one's colours along, each line as far as it is bright."
vec3 transition(vec2 uv) {
    float e = smoothstep(0.0, 1.0, progress);
    float line = floor(uv.y * 180.0) / 180.0;
    vec3 seed = to(vec2(0.5, line));
    float lag = 0.25 * (0.5 * field(vec2(line * 40.0, 1.0)) + 0.5 * clamp(luma(seed) * 2.0, 0.0, 1.0));
    float front = e * 1.45 - lag;
    float ahead = uv.x - front;
    float stretch = 0.35 * smoothstep(0.0, 0.15, e) * (1.0 - smoothstep(0.85, 1.0, e));
    // Ahead of the front the old picture is compressed into streaks; behind it the new one stretches out of its edge.
    vec2 old = vec2(front + ahead * (1.0 - stretch) + stretch * smoothstep(0.0, 0.4, ahead) * 0.4, uv.y);
    vec2 new = vec2(uv.x - 0.25 * (1.0 - e) * smoothstep(-0.3, 0.0, ahead), uv.y);
    return mix(to(mirror(new)), from(mirror(old)), smoothstep(-0.02, 0.02, ahead));
}
