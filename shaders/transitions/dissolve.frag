// @about "One picture fades into the other as light does, so that brightness stays even."
vec3 transition(vec2 uv) {
    return mix(from(uv), to(uv), smoothstep(0.0, 1.0, progress));
}
