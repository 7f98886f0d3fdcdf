// @about "Prints the picture in dots."
// @kind finish
// @param amount 0 1 1 "0 leaves the picture, 1 is all dots."
// @param dots 20 240 90 exp "Dots across the picture's height."
// @param angle 0 90 30 deg "Angle of the screen."
// @param paper 0 1 0.1 "Brightness of the paper between the dots; 0 is black."
// @once mat2 screen = mat2(cos(radians(angle)), sin(radians(angle)), -sin(radians(angle)), cos(radians(angle))) * (dots / u_resolution.y);
// @once float sharp = 0.35 * u_resolution.y / dots;

// A dot's area follows the brightest channel; its colour is the picture's, brought to full strength.
vec3 shade(vec3 c, vec2 uv) {
    vec2 p = fract(screen * (gl_FragCoord.xy - 0.5 * u_resolution)) - 0.5;
    float top = max(c.r, max(c.g, max(c.b, 0.001)));
    float radius = 0.68 * sqrt(min(top, 1.0));
    float dot_mask = clamp((radius - sqrt(dot(p, p))) * sharp * 2.0 + 0.5, 0.0, 1.0);
    vec3 ink = c * (min(1.0, 0.35 + 0.75 * top) / top);
    return mix(c, mix(c * paper, ink, dot_mask), amount);
}
