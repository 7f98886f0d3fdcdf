// @about "Darkens the corners."
// @kind finish
// @smooth
// @param strength 0 1 0.35 "How dark the corners get; 1 is black."
// @param size 0 1 0.35 "Distance from the centre where it begins; 1 is the corner."
// @param circle 0 1 0.5 "0 follows the frame's shape, 1 is a circle."
// @once float slope = 1.0 / max(1.0 - size * size, 0.001);
// @once vec2 stretch = mix(vec2(1.0), vec2(u_aspect, 1.0) * sqrt(2.0 / (u_aspect * u_aspect + 1.0)), circle) * sqrt(2.0 * slope);
// @once float bias = -size * size * slope;

vec3 shade(vec3 c, vec2 uv) {
    vec2 p = (uv - 0.5) * stretch;
    float d = clamp(dot(p, p) + bias, 0.0, 1.0);
    return c * (1.0 - strength * d * (2.0 - d));
}
