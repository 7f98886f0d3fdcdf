// @about "Mirrors one side of the picture onto the other."
// @kind warp
// @param across 0 1 1 "1 mirrors left onto right, 0 leaves it; between them the seam slides in from the edge."
// @param down 0 1 0 "1 mirrors top onto bottom."

vec2 warp(vec2 uv) {
    vec2 seam = 1.0 - 0.5 * vec2(across, down);
    return seam - abs(uv - seam);
}
