// @about "Bright places draw long horizontal streaks, like an anamorphic lens."
// @kind point
// @param strength 0 3 0.5 "How bright the streaks are."
// @param threshold 0 2 0.8 "Linear light above which a place streaks."
// @param length 0.1 1 0.5 "How long the streaks are."
// @param blue 0 1 0.5 "0 keeps their colour, 1 turns them blue."
// @pass bright 8
// @pass near 8
// @pass far 8
// @once vec3 colour = mix(vec3(1.0), vec3(0.25, 0.55, 1.6), blue);

vec3 bright(vec2 uv) {
    vec2 o = picture_texel;
    vec3 c = 0.25 * (picture(uv + vec2(-o.x, -o.y)) + picture(uv + vec2(o.x, -o.y)) + picture(uv + vec2(-o.x, o.y)) + picture(uv + o));
    float top = max(c.r, max(c.g, c.b));
    return c * (max(top - threshold, 0.0) / max(top, 0.0001));
}

vec3 near(vec2 uv) {
    vec3 sum = buffer_bright(uv);
    for (int i = 1; i < 6; i++) {
        vec2 o = vec2(u_texel.x * float(i) * 1.6, 0.0);
        sum += (buffer_bright(uv + o) + buffer_bright(uv - o)) * (1.0 - float(i) / 6.0);
    }
    return sum / 6.0;
}

vec3 far(vec2 uv) {
    vec3 sum = buffer_near(uv);
    for (int i = 1; i < 8; i++) {
        vec2 o = vec2(u_texel.x * float(i) * 14.0 * length, 0.0);
        sum += (buffer_near(uv + o) + buffer_near(uv - o)) * (1.0 - float(i) / 8.0);
    }
    return sum / 4.0;
}

vec3 shade(vec3 color, vec2 uv) {
    return color + buffer_far(uv) * colour * strength;
}
