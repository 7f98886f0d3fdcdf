// @about "Splits red and blue apart towards the edges, like a cheap lens."
// @kind filter
// @param amount 0 0.05 0.006 "How far red and blue part at the corners, in picture heights."
// @param shift 0 0.05 0 "How far they part everywhere, sideways, in picture heights."

vec3 shade(vec2 uv) {
    vec2 p = (uv - 0.5) * vec2(u_aspect, 1.0);
    vec2 o = (p * dot(p, p) * amount * 1.5 + vec2(shift, 0.0)) / vec2(u_aspect, 1.0);
    return vec3(picture(uv - o).r, picture(uv).g, picture(uv + o).b);
}
