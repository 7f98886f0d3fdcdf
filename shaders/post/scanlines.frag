// @about "Lines of an old screen."
// @kind finish
// @param strength 0 1 0.3 "How dark the gaps between the lines are."
// @param lines 60 720 240 exp "Lines across the picture's height."
// @param roll -60 60 0 "Lines a second that the pattern moves down."
// @integrate rolled roll

vec3 shade(vec3 c, vec2 uv) {
    float t = fract(uv.y * lines - rolled) * 2.0 - 1.0;
    return c * (1.0 - strength * t * t);
}
