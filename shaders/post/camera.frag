// @about "Moves the view: zoom, turn, pan and a shake for beats."
// @kind warp
// @param zoom -1 2 0 "Doublings of size: 0.1 is a light punch, 1 is twice as large."
// @param rotate -180 180 0 deg "Angle of the view."
// @param spin -180 180 0 deg/s "How fast the view turns."
// @param pan_x -1 1 0 "View to the right, in picture heights."
// @param pan_y -1 1 0 "View down, in picture heights."
// @param shake 0 0.2 0 "How far the view jumps about, in picture heights."
// @param shake_speed 0 30 9 Hz "How often it jumps."
// @integrate turned spin
// @integrate shaken shake_speed
// @once float angle = radians(rotate + turned) + shake * sin(shaken * 5.1);
// @once float scale = exp2(-zoom);
// @once vec2 jump = shake * vec2(sin(shaken * 6.28) + 0.6 * sin(shaken * 14.9 + 1.0), sin(shaken * 7.33 + 2.0) + 0.6 * sin(shaken * 11.7));
// @once mat2 view = mat2(cos(angle), -sin(angle) * u_aspect, sin(angle) / u_aspect, cos(angle)) * scale;
// @once vec2 centre = vec2(0.5) + (vec2(pan_x, pan_y) + jump) / vec2(u_aspect, 1.0);

vec2 warp(vec2 uv) {
    return view * (uv - 0.5) + centre;
}
