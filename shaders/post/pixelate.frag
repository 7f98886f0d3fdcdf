// @about "Breaks the picture into squares."
// @kind warp
// @param cells 8 360 60 exp "Squares across the picture's height."
// @param amount 0 1 1 "0 leaves the picture, 1 shows flat squares."

vec2 warp(vec2 uv) {
    vec2 grid = vec2(cells * u_aspect, cells);
    vec2 flat_uv = (floor((uv - 0.5) * grid) + 0.5) / grid + 0.5;
    return mix(uv, flat_uv, amount);
}
