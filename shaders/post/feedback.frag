// @about "Keeps what was there and lets it drift, turn and fade: trails, tunnels, after-images."
// @kind point
// @feedback
// @param half_life 0 5000 160 ms "Time in which a trail loses half its light; 0 is off."
// @param lighten 0 1 0.8 "1 keeps the brighter of picture and trail, 0 blends them like a long exposure."
// @param zoom -2 2 0.25 "Doublings of the trail's size a second; positive flies outward."
// @param rotate -180 180 0 deg/s "How fast the trail turns."
// @param drift_x -1 1 0 "Trail's drift to the right, in picture heights a second."
// @param drift_y -1 1 0 "Trail's drift downward, in picture heights a second."
// @param hue -360 360 0 deg/s "How fast the trail's colours turn."
//
// All rates are stated per second, so 30 and 60 frames a second look alike. Works in linear light: half_life is exact.

// @once float keep = half_life > 0.0 ? exp2(-u_delta * 1000.0 / half_life) : 0.0;
// @once float angle = radians(rotate) * u_delta;
// @once float shrink = exp2(-zoom * u_delta);
// @once mat2 turn = mat2(cos(angle), -sin(angle) * u_aspect, sin(angle) / u_aspect, cos(angle)) * shrink;
// @once vec2 drift = vec2(0.5) - vec2(drift_x / u_aspect, drift_y) * u_delta;
// @once float hue_cos = cos(radians(hue) * u_delta);
// @once float hue_sin = sin(radians(hue) * u_delta) * 0.57735027;

vec3 shade(vec3 color, vec2 uv) {
    vec3 old = previous(turn * (uv - 0.5) + drift) * keep;
    // Rotation about the grey axis (Rodrigues), which keeps the sum of the channels.
    old = max(old * hue_cos + (old.zxy - old.yzx) * hue_sin + dot(old, vec3(0.33333333)) * (1.0 - hue_cos), 0.0);
    return mix(color * (1.0 - keep) + old, max(color, old), lighten);
}
