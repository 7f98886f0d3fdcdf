// @about "Sets exposure, contrast and colour, and rolls highlights off softly."
// @kind point
// @param exposure -4 4 0 stops "Brightness; +1 doubles the light."
// @param flash 0 2 0 stops "A second exposure for kicks and drops; adds to the first."
// @param contrast 0.5 2 1 exp "Steepness around mid-grey (18 % light)."
// @param saturation 0 2 1 "0 is grey, 1 leaves colours, 2 is vivid."
// @param temperature -1 1 0 "Negative is cold, positive is warm."
// @param tint -1 1 0 "Negative is green, positive is magenta."
// @param hue -180 180 0 deg "Turns every colour round the wheel."
// @param lift -0.1 0.1 0 "Light added to the blacks."
// @param shoulder 0 1 0 "How early highlights begin to roll off; 0 clips at white."
//
// Works in linear light. White balance, hue, saturation and exposure are one matrix, made once a frame.

// @once float gain = exp2(exposure + flash);
// @once vec3 balance = vec3(exp2(0.4 * temperature + 0.15 * tint), exp2(-0.2 * tint), exp2(-0.5 * temperature + 0.15 * tint));
// @once float hue_cos = cos(radians(hue));
// @once float hue_sin = sin(radians(hue)) * 0.57735027;
// @once float hue_grey = (1.0 - hue_cos) / 3.0;
// @once mat3 turn = mat3(hue_cos + hue_grey, hue_grey + hue_sin, hue_grey - hue_sin, hue_grey - hue_sin, hue_cos + hue_grey, hue_grey + hue_sin, hue_grey + hue_sin, hue_grey - hue_sin, hue_cos + hue_grey);
// @once vec3 grey = vec3(0.2126, 0.7152, 0.0722) * (1.0 - saturation);
// @once mat3 vivid = mat3(vec3(grey.r), vec3(grey.g), vec3(grey.b)) + mat3(saturation);
// @once mat3 grade = vivid * turn * mat3(balance.r, 0.0, 0.0, 0.0, balance.g, 0.0, 0.0, 0.0, balance.b) * gain;
// @once float slope = contrast - 1.0;
// @once float knee = 1.0 - 0.6 * shoulder;

vec3 shade(vec3 color, vec2 uv) {
    vec3 c = max(grade * color, 0.0);
    // Contrast scales the light as a whole: colours keep their hue and do not turn garish, and it takes one power, not three.
    c = c * exp2(slope * log2(luma(c) * (1.0 / 0.18) + 0.00001)) + lift;
    // Rolls off by the strongest channel, so hues stay; what is far over turns towards white, as film does.
    float top = max(c.r, max(c.g, max(c.b, knee)));
    float over = (top - knee) / (1.0001 - knee);
    float rolled = shoulder > 0.0 ? knee + (1.0 - knee) * over / (1.0 + over) : top;
    c *= rolled / top;
    float white = shoulder * over * over / (16.0 + over * over);
    return max(c + (rolled - c) * white, 0.0);
}
