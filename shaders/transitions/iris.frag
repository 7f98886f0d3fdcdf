// @about "The new picture opens in a soft circle from the middle, its edge uneven like water."
vec3 transition(vec2 uv) {
    vec2 p = (uv - 0.5) * vec2(u_aspect, 1.0);
    float radius = length(p) / length(vec2(u_aspect, 1.0) * 0.5);
    float edge = radius + 0.12 * (field(p * 5.0 + 7.0) - 0.5);
    float open = progress * 1.4 - 0.2;
    float mask = 1.0 - smoothstep(open - 0.12, open + 0.12, edge);
    // The rim bends what is behind it, as a lens would.
    vec2 bend = p / max(radius, 0.05) * vec2(1.0 / u_aspect, 1.0) * 0.05 * mask * (1.0 - mask) * 4.0;
    return mix(from(mirror(uv + bend)), to(mirror(uv - bend)), mask);
}
