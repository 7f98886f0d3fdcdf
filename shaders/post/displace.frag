// @about "Bends the picture with a slow liquid flow and with rings that run outward."
// @kind warp
// @param amount 0 0.2 0.015 "How far the flow moves the picture, in picture heights."
// @param scale 0.3 12 2.5 exp "Number of swirls across the picture's height."
// @param speed 0 4 0.35 "How fast the flow changes."
// @param ripple 0 0.1 0 "How far the rings move the picture, in picture heights."
// @param ripple_scale 0.5 20 4 exp "Rings across the picture's height."
// @param ripple_speed -8 8 1.5 "Rings a second that leave the centre; negative runs inward."
// @integrate flow speed
// @integrate rings ripple_speed

// A sine from two parabolas, period 1: a quarter of the price of sin().
float wave(float t) {
    t = fract(t) * 2.0 - 1.0;
    return 4.0 * t * (1.0 - abs(t));
}

vec2 warp(vec2 uv) {
    vec2 p = (uv - 0.5) * vec2(u_aspect, 1.0);
    vec2 q = p * scale * 0.5;
    float a = wave(q.y + 0.31 * q.x + 0.25 * flow);
    float b = wave(q.x - 0.27 * q.y - 0.21 * flow + 0.3);
    float c = wave(1.9 * q.y - 0.13 * flow + 0.35 * b);
    float d = wave(1.7 * q.x + 0.17 * flow + 0.35 * a + 0.6);
    vec2 move = amount * vec2(a + 0.5 * c, b + 0.5 * d);
    float r = length(p) + 0.001;
    move += p * (ripple / r * wave(r * ripple_scale - rings) * min(r * 4.0, 1.0));
    return uv + move / vec2(u_aspect, 1.0);
}
