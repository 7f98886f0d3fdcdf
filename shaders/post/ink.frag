// @about "Draws the edges: dark ink on the picture, or glowing lines on the dark."
// @kind filter
// @param strength 0 4 1.5 "How strong the lines are."
// @param neon 0 1 0 "0 draws dark ink, 1 draws lines in their own glowing colour."
// @param fill 0 1 1 "How much of the picture stays between the lines; at 0 ink stands on white paper, neon on black."
// @param threshold 0 0.5 0.04 "Weakest edge that is drawn."

// Sobel's operator on the square root of light, where equal steps look equally strong.
vec3 shade(vec2 uv) {
    vec3 c = neighbour(0, 0);
    vec3 nw = sqrt(neighbour(-1, -1)), n = sqrt(neighbour(0, -1)), ne = sqrt(neighbour(1, -1));
    vec3 w = sqrt(neighbour(-1, 0)), e = sqrt(neighbour(1, 0));
    vec3 sw = sqrt(neighbour(-1, 1)), s = sqrt(neighbour(0, 1)), se = sqrt(neighbour(1, 1));
    vec3 x = ne + se - nw - sw + 2.0 * (e - w), y = sw + se - nw - ne + 2.0 * (s - n);
    vec3 g = x * x + y * y;
    float edge = clamp((sqrt(max(g.r, max(g.g, g.b))) - threshold * 4.0) * strength * 0.5, 0.0, 1.0);
    edge = edge * edge * (3.0 - 2.0 * edge);
    float top = max(c.r, max(c.g, max(c.b, 0.02)));
    vec3 glow = (c / top * 0.85 + 0.15) * 1.4;
    return mix(mix(vec3(0.9), c, fill) * (1.0 - edge), c * fill + glow * edge, neon);
}
