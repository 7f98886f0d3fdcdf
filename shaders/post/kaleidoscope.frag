// @about "Folds the picture into mirrored wedges round the centre."
// @kind warp
// @param segments 2 24 6 int "Number of wedges."
// @param amount 0 1 1 "0 leaves the picture, 1 is the whole fold; between them the picture bends."
// @param turn -180 180 0 deg "Angle of the mirrors."
// @param spin -180 180 6 deg/s "How fast the mirrors turn."
// @param inner_spin -180 180 -4 deg/s "How fast the picture turns inside the mirrors."
// @param zoom 0.25 4 1 exp "Size of what the mirrors show."
// @integrate outer spin
// @integrate inner inner_spin
// @once float wedge = 6.28318531 / floor(segments + 0.5);
// @once float start = radians(turn + outer);
// @once vec2 look = vec2(cos(radians(inner)), sin(radians(inner))) / zoom;

vec2 warp(vec2 uv) {
    vec2 p = (uv - 0.5) * vec2(u_aspect, 1.0);
    float r = length(p);
    float a = atan(p.y, p.x) - start;
    a = abs(a - wedge * floor(a / wedge + 0.5));
    vec2 q = r * vec2(cos(a), sin(a));
    q = vec2(q.x * look.x - q.y * look.y, q.x * look.y + q.y * look.x);
    return mix(p, q, amount) / vec2(u_aspect, 1.0) + 0.5;
}
