"""One training step of docs/decisions/0011-training.md in plain PyTorch: the independent answer and the speed to beat.

    python3 train_step.py grad CASE.safetensors OUT.safetensors
    python3 train_step.py bench --size 64 --batch 16 --width 2048 --precision fp32|bf16 --steps 16 [--pool mean|box] [--profile]
    python3 train_step.py serve --size 64 --batch 16 --width 2048 --precision fp32|bf16 [--pool mean|box]

`grad` works out losses and gradients of one step in fp32 from a case; `bench` prints pictures a second as one JSON line;
`serve` makes 16 steps for every line that it reads and answers with their seconds, for benchmarks that take turns.

A CASE holds (all float32, row-major; B pictures, R pixels wide, C classes, K style classes, L latent layers):
  g.NAME                  the generator's arrays as in a model file: g.mapping.fc0.weight, g.synthesis.b8.conv0.weight ..
                          (w_avg and running statistics may be there and are not used)
  d.NAME                  the discriminator's arrays: d.rgb.weight, d.b64.conv0.bias, d.out.weight ..
  m.NAME, v.NAME          first and second moments of Adam for d.NAME; all or none (none: zero)
  z1, z2                  [B, z]
  crossover               [B], 1 .. L: latent layers from this one on take w(z2); L for no mixing
  real                    [B, 3, R, R], -1..1
  class                   [B, C] one-hot: the generated pictures'; with classes only
  class_real              [B, C] one-hot: the real pictures'; with classes only
  style                   [B, K] one-hot: the real pictures'; with style classes only
  aug.real.color          [B, 3] draws u of brightness, saturation, contrast, 0..1     aug.fake_d.*: generated pictures
  aug.real.shift          [B, 2] dx, dy in whole pixels, to the right and down         in D's phase
  aug.real.cut            [B, 2] cx, cy in whole pixels: columns cx - R/4 .. cx + R/4  aug.fake_g.*: in G's phase
                          (exclusive) and rows likewise are 0; absent: no cutout
and as metadata, all strings:
  resolution, classes, creative   R, C, K ("0" for none)
  mapping_layers, mapping_multiplier
  loss                    "logistic" or "relativistic"
  r1_gamma, r1_every      gamma and k
  step                    from 0; the gradient penalty belongs to it if it is a multiple of k
  d_update                "1": D takes its Adam step before G's phase; "0": it does not
  d_rate                  D's learning rate before the correction k / (k + 1)
  d_steps                 D's Adam steps so far (m and v are theirs), from 0
  creative_weight         weight of the ambiguity term in G's loss

OUT holds loss.d (adversarial alone), loss.g (all terms), loss.r1, loss.r2 (mean squared gradient norms, unweighted; NaN without),
loss.creative (cross entropy of the style head on real pictures; NaN without), each []; fake [B, 3, R, R]; logits.real,
logits.fake (D's phase), logits.g (G's phase), each [B]; grad.d.NAME after D's phase with all its terms; grad.g.NAME after G's;
after.d.NAME, D's arrays as G's phase saw them.
"""
import argparse
import json
import math
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

EPS = 1e-5


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    meta = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}: '{name}' is {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        arrays[name] = torch.from_numpy(np.frombuffer(data[begin:end], "<f4").copy()).reshape(entry["shape"])
    return arrays, meta


def write(path, arrays):
    header, chunks, offset = {}, [], 0
    for name, value in arrays.items():
        value = value.detach().float()
        raw = value.contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + len(raw)]}
        chunks.append(raw)
        offset += len(raw)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(chunks))


def act(x):
    return F.leaky_relu(x, 0.2) * math.sqrt(2)


def unit(x):
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-8)


class Generator:
    """SM with statistics of the batch."""

    def __init__(self, p, resolution, layers, multiplier, classes=0):
        self.p, self.resolution, self.layers, self.multiplier, self.classes = p, resolution, layers, multiplier, classes
        self.latents = 2 * int(math.log2(resolution)) - 3

    def dense(self, name, x, multiplier):
        weight, bias = self.p[name + ".weight"], self.p[name + ".bias"]
        return F.linear(x, weight * (multiplier / math.sqrt(x.shape[1])), bias * multiplier)

    def map(self, z, label):
        x = unit(z)
        if self.classes:
            x = torch.cat([x, unit(self.dense("mapping.embed", label, 1))], 1)
        for i in range(self.layers):
            x = act(self.dense(f"mapping.fc{i}", x, self.multiplier))
        return x

    def gate(self, x, w, norm):
        gamma, beta = F.linear(w, self.p[norm + ".affine.weight"], self.p[norm + ".affine.bias"])[:, :, None, None].chunk(2, 1)
        return F.glu(F.batch_norm(x, None, None, training=True, eps=EPS) * gamma + beta, 1)

    def conv(self, x, name, bias=None):
        return F.conv2d(F.pad(x, (1, 1, 1, 1), "replicate"), self.p[name], bias)

    def synthesize(self, ws):
        layout = self.p["synthesis.const"]
        x = F.linear(ws[:, 0], self.p["synthesis.input.weight"]).view(-1, *layout.shape) + layout
        x = x.contiguous(memory_format=torch.channels_last)
        x = self.gate(x, ws[:, 0], "synthesis.norm")
        for i in range(1, int(math.log2(self.resolution)) - 1):
            r = 4 << i
            x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            x = self.gate(self.conv(x, f"synthesis.b{r}.conv0.weight"), ws[:, 2 * i - 1], f"synthesis.b{r}.norm0")
            x = self.gate(self.conv(x, f"synthesis.b{r}.conv1.weight"), ws[:, 2 * i], f"synthesis.b{r}.norm1")
        return self.conv(x, "synthesis.torgb.weight", self.p["synthesis.torgb.bias"])

    def __call__(self, z1, z2, crossover, label):
        w1, w2 = self.map(z1, label), self.map(z2, label)
        first = torch.arange(self.latents)[None, :, None] < crossover[:, None, None]
        return self.synthesize(torch.where(first, w1[:, None], w2[:, None]))


class Discriminator:
    def __init__(self, p, resolution, pool="mean", classes=0, creative=0):
        self.p, self.resolution, self.pool, self.classes, self.creative = p, resolution, pool, classes, creative

    def weight(self, name):
        weight = self.p[name]
        return weight / math.sqrt(weight[0].numel())

    def down(self, x, weight):
        if self.pool == "mean":
            return F.avg_pool2d(F.conv2d(x, weight, padding=1), 2)
        o, i = weight.shape[:2]
        wide = F.conv2d(weight.reshape(o * i, 1, 3, 3), torch.full((1, 1, 2, 2), 0.25), padding=1).view(o, i, 4, 4)
        return F.conv2d(x, wide.contiguous(memory_format=torch.channels_last), stride=2, padding=1)

    def __call__(self, x, label):
        x = x.contiguous(memory_format=torch.channels_last)
        x = act(F.conv2d(x, self.weight("d.rgb.weight"), self.p["d.rgb.bias"]))
        r = self.resolution
        while r >= 8:
            skip = F.conv2d(F.avg_pool2d(x, 2), self.weight(f"d.b{r}.skip.weight")) * math.sqrt(0.5)
            y = act(F.conv2d(x, self.weight(f"d.b{r}.conv0.weight"), self.p[f"d.b{r}.conv0.bias"], padding=1))
            y = self.down(y, self.weight(f"d.b{r}.conv1.weight")) + self.p[f"d.b{r}.conv1.bias"][:, None, None].to(y.dtype)
            x = act(y) * math.sqrt(0.5) + skip
            r //= 2
        with torch.autocast("cpu", enabled=False):
            x = x.float()
            batch, channels = x.shape[:2]
            group = min(4, batch)
            y = x.reshape(group, batch // group, channels, 4, 4)
            y = (y - y.mean(0)).square().mean(0).add(1e-8).sqrt().mean((1, 2, 3))
            x = torch.cat([x, y.repeat(group)[:, None, None, None].expand(-1, 1, 4, 4)], 1)
            x = act(F.conv2d(x, self.weight("d.b4.conv.weight"), self.p["d.b4.conv.bias"], padding=1))
            x = act(F.linear(x.reshape(batch, -1), self.weight("d.b4.fc.weight"), self.p["d.b4.fc.bias"]))
            out = F.linear(x, self.weight("d.out.weight"), self.p["d.out.bias"])
            if self.classes:
                embedding = unit(F.linear(label, self.weight("d.embed.weight")))
                out = (out * embedding).sum(1, keepdim=True) / math.sqrt(channels)
            style = F.linear(x, self.weight("d.style.weight"), self.p["d.style.bias"]) if self.creative else None
            return out[:, 0], style


def augment(x, draws):
    """DiffAugment: colour, translation, cutout."""
    u = draws["color"][:, :, None, None, None]
    size = x.shape[-1]
    x = x + (u[:, 0] - 0.5)
    mean = x.mean(1, keepdim=True)
    x = (x - mean) * (2 * u[:, 1]) + mean
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * (u[:, 2] + 0.5) + mean
    at = torch.arange(size)
    column = at[None, :] - draws["shift"][:, :1]
    row = at[None, :] - draws["shift"][:, 1:]
    inside = ((row >= 0) & (row < size))[:, :, None] & ((column >= 0) & (column < size))[:, None, :]
    row, column = row.clamp(0, size - 1).long(), column.clamp(0, size - 1).long()
    picture = torch.arange(len(x))[:, None, None]
    x = x.permute(0, 2, 3, 1)[picture, row[:, :, None], column[:, None, :]].permute(0, 3, 1, 2) * inside[:, None]
    if "cut" in draws:
        near = [(at[None, :] >= draws["cut"][:, k:k + 1] - size // 4) & (at[None, :] < draws["cut"][:, k:k + 1] + size // 4) for k in (0, 1)]
        x = x * ~(near[1][:, None, :, None] & near[0][:, None, None, :])
    return x


class Adam:
    def __init__(self, params, rate, beta2, steps=0):
        self.params, self.rate, self.beta2, self.steps = params, rate, beta2, steps
        self.v = {name: torch.zeros_like(p) for name, p in params.items()}

    def step(self, grads):
        # beta1 is 0: the first moment is the gradient.
        self.steps += 1
        with torch.no_grad():
            for name, p in self.params.items():
                v = self.v[name].mul_(self.beta2).addcmul_(grads[name], grads[name], value=1 - self.beta2)
                p.addcdiv_(grads[name], (v / (1 - self.beta2 ** self.steps)).sqrt_().add_(1e-8), value=-self.rate)


def penalty(logits, pictures):
    gradient, = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return gradient.float().square().sum((1, 2, 3)).mean()


def d_phase(d, case, fake, relativistic, gamma, every, lazy):
    """All of D's loss, and its terms."""
    real, fake = case["real"], fake.detach()
    if lazy:
        real = real.clone().requires_grad_()
        fake = fake.clone().requires_grad_(relativistic)
    a, style = d(augment(real, case["aug.real"]), case.get("class_real"))
    b, _ = d(augment(fake, case["aug.fake_d"]), case.get("class"))
    loss = F.softplus(b - a).mean() if relativistic else F.softplus(b).mean() + F.softplus(-a).mean()
    total, nan = loss, torch.tensor(math.nan)
    r1 = r2 = creative = nan
    if d.creative:
        creative = -(case["style"] * F.log_softmax(style, 1)).sum(1).mean()
        total = total + creative
    if lazy:
        r1 = penalty(a, real)
        total = total + every * gamma / 2 * r1
        if relativistic:
            r2 = penalty(b, fake)
            total = total + every * gamma / 2 * r2
    return total, loss, r1, r2, creative, a, b


def g_phase(d, case, fake, relativistic, creative_weight=0.0):
    b, style = d(augment(fake, case["aug.fake_g"]), case.get("class"))
    if relativistic:
        with torch.no_grad():
            a, _ = d(augment(case["real"], case["aug.real"]), case.get("class_real"))
        loss = F.softplus(a - b).mean()
    else:
        loss = F.softplus(-b).mean()
    if d.creative:
        loss = loss - creative_weight * F.log_softmax(style, 1).mean()
    return loss, b


def trained(arrays, prefix, strip):
    skip = ("w_avg", "running_mean", "running_var")
    return {name[strip:]: value.requires_grad_() for name, value in arrays.items() if name.startswith(prefix) and not name.endswith(skip)}


def draws(arrays, which):
    found = {key: arrays[f"aug.{which}.{key}"] for key in ("color", "shift", "cut") if f"aug.{which}.{key}" in arrays}
    return found


def grad(case_path, out_path):
    arrays, meta = read(case_path)
    classes, creative, resolution = (int(meta.get(key, 0)) for key in ("classes", "creative", "resolution"))
    gp, dp = trained(arrays, "g.", 2), trained(arrays, "d.", 0)
    g = Generator(gp, resolution, int(meta["mapping_layers"]), float(meta["mapping_multiplier"]), classes)
    d = Discriminator(dp, resolution, "mean", classes, creative)
    case = {key: arrays[key] for key in ("real", "class", "class_real", "style") if key in arrays}
    for which in ("real", "fake_d", "fake_g"):
        case["aug." + which] = draws(arrays, which)
    relativistic = meta["loss"] == "relativistic"
    gamma, every, step = float(meta["r1_gamma"]), int(meta["r1_every"]), int(meta["step"])

    fake = g(arrays["z1"], arrays["z2"], arrays["crossover"], case.get("class"))
    total, loss, r1, r2, style, a, b = d_phase(d, case, fake, relativistic, gamma, every, step % every == 0)
    names = list(dp)
    found = torch.autograd.grad(total, [dp[name] for name in names], allow_unused=True)
    grads = {name: value if value is not None else torch.zeros_like(dp[name]) for name, value in zip(names, found)}
    out = {"loss.d": loss, "loss.r1": r1, "loss.r2": r2, "loss.creative": style, "fake": fake, "logits.real": a, "logits.fake": b}
    out.update({"grad." + name: value for name, value in grads.items()})
    if meta["d_update"] == "1":
        k = every / (every + 1)
        adam = Adam(dp, float(meta["d_rate"]) * k, 0.99 ** k, int(meta.get("d_steps", 0)))
        for name in names:
            if "v." + name in arrays:
                adam.v[name] = arrays["v." + name]
        adam.step(grads)
    out.update({"after." + name: value for name, value in dp.items()})

    loss, b = g_phase(d, case, fake, relativistic, float(meta.get("creative_weight", 0)))
    names = list(gp)
    found = torch.autograd.grad(loss, [gp[name] for name in names], allow_unused=True)
    out.update({"loss.g": loss, "logits.g": b})
    out.update({"grad.g." + name: value if value is not None else torch.zeros_like(gp[name]) for name, value in zip(names, found)})
    write(out_path, out)


def fresh(size, width, most=128, latent=128):
    """Weights as training draws them."""
    channels = {r: min(width // r, most) for r in (4 << i for i in range(int(math.log2(size)) - 1))}
    g, d = {}, {}

    def normal(*shape, deviation=1.0):
        return torch.randn(*shape) * deviation

    def norm(name, outputs):
        g[name + ".affine.weight"] = normal(2 * outputs, latent, deviation=0.05)
        g[name + ".affine.bias"] = torch.cat([torch.ones(outputs), torch.zeros(outputs)])

    for i in range(2):
        g[f"mapping.fc{i}.weight"] = normal(latent, latent, deviation=10)
        g[f"mapping.fc{i}.bias"] = torch.zeros(latent)
    c = channels[4]
    g["synthesis.const"] = normal(2 * c, 4, 4)
    g["synthesis.input.weight"] = normal(32 * c, latent, deviation=0.05)
    norm("synthesis.norm", 2 * c)
    for r, c in list(channels.items())[1:]:
        g[f"synthesis.b{r}.conv0.weight"] = normal(2 * c, channels[r // 2], 3, 3, deviation=0.05)
        g[f"synthesis.b{r}.conv1.weight"] = normal(2 * c, c, 3, 3, deviation=0.05)
        norm(f"synthesis.b{r}.norm0", 2 * c)
        norm(f"synthesis.b{r}.norm1", 2 * c)
        d[f"d.b{r}.conv0.weight"] = normal(c, c, 3, 3)
        d[f"d.b{r}.conv1.weight"] = normal(channels[r // 2], c, 3, 3)
        d[f"d.b{r}.skip.weight"] = normal(channels[r // 2], c, 1, 1)
        d[f"d.b{r}.conv0.bias"], d[f"d.b{r}.conv1.bias"] = torch.zeros(c), torch.zeros(channels[r // 2])
    g["synthesis.torgb.weight"] = normal(3, channels[size], 3, 3, deviation=0.05)
    g["synthesis.torgb.bias"] = torch.zeros(3)
    c = channels[4]
    d["d.rgb.weight"], d["d.rgb.bias"] = normal(channels[size], 3, 1, 1), torch.zeros(channels[size])
    d["d.b4.conv.weight"], d["d.b4.conv.bias"] = normal(c, c + 1, 3, 3), torch.zeros(c)
    d["d.b4.fc.weight"], d["d.b4.fc.bias"] = normal(c, 16 * c), torch.zeros(c)
    d["d.out.weight"], d["d.out.bias"] = normal(1, c), torch.zeros(1)
    for p in (g, d):
        for name, value in p.items():
            if value.dim() == 4:
                value = value.contiguous(memory_format=torch.channels_last)
            p[name] = value.requires_grad_()
    return g, d


class Run:
    """Steps as training makes them, with torch's own Adam and lerp."""

    def __init__(self, size, batch, width, bf16, pool, gamma=1.0, every=16):
        torch.manual_seed(1)
        self.size, self.batch, self.bf16, self.gamma, self.every, self.step_number = size, batch, bf16, gamma, every, 0
        gp, dp = fresh(size, width)
        self.g, self.d = Generator(gp, size, 2, 0.1), Discriminator(dp, size, pool)
        k = every / (every + 1)
        # foreach: all arrays of a network in one call.
        self.g_adam = torch.optim.Adam(gp.values(), 0.001, betas=(0, 0.99), foreach=True)
        self.d_adam = torch.optim.Adam(dp.values(), 0.0025 * k, betas=(0, 0.99 ** k), foreach=True)
        self.average = {name: value.detach().clone() for name, value in gp.items()}
        self.real = torch.rand(64, 3, size, size) * 2 - 1

    def draw(self):
        most = round(self.size / 8)
        return {"color": torch.rand(self.batch, 3), "shift": torch.randint(-most, most + 1, (self.batch, 2)).float()}

    def step(self):
        lazy = self.step_number % self.every == 0
        case = {"real": self.real[torch.randint(0, 64, (self.batch,))], "aug.real": self.draw(), "aug.fake_d": self.draw(), "aug.fake_g": self.draw()}
        z1, z2 = torch.randn(2, self.batch, 128)
        crossover = torch.where(torch.rand(self.batch) < 0.5, torch.randint(1, self.g.latents, (self.batch,)), torch.tensor(self.g.latents))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            fake = self.g(z1, z2, crossover, None).float()
            total = d_phase(self.d, case, fake, False, self.gamma, self.every, lazy)[0]
        self.d_adam.zero_grad(set_to_none=True)
        total.backward()
        self.d_adam.step()
        for p in self.d.p.values():
            p.requires_grad_(False)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            loss, _ = g_phase(self.d, case, fake, False)
        self.g_adam.zero_grad(set_to_none=True)
        loss.backward()
        self.g_adam.step()
        for p in self.d.p.values():
            p.requires_grad_(True)
        seen = (self.step_number + 1) * self.batch / 1000
        beta = 0.5 ** (self.batch / (1000 * min(5, 0.05 * seen)))
        with torch.no_grad():
            torch._foreach_mul_(list(self.average.values()), beta)
            torch._foreach_add_(list(self.average.values()), list(self.g.p.values()), alpha=1 - beta)
        self.step_number += 1
        return float(loss)

    def round(self):
        """Seconds and processor seconds of as many steps as there are from one penalty to the next."""
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(self.every):
            loss = self.step()
        if not math.isfinite(loss):
            raise SystemExit("the loss is not finite")
        return time.perf_counter() - wall, time.process_time() - cpu


def bench(options, run):
    for _ in range(3):
        run.step()
    run.step_number = 0
    rounds = [run.round() for _ in range(max(1, options.steps // run.every))]
    pictures = run.every * options.batch
    print(json.dumps({
        "best": round(pictures / min(wall for wall, _ in rounds), 2), "median": round(pictures / float(np.median([wall for wall, _ in rounds])), 2),
        "cpu_ms": round(1000 * min(cpu for _, cpu in rounds) / pictures, 2), "rounds": len(rounds)}))
    if options.profile:
        with torch.profiler.profile() as profile:
            run.round()
        print(profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=40, max_name_column_width=60))


def serve(run):
    run.step()
    run.step_number = 0
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for _ in sys.stdin:
        wall, cpu = run.round()
        print(json.dumps({"wall": wall, "cpu": cpu}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["grad", "bench", "serve"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--width", type=int, default=2048)
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--steps", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pool", choices=["mean", "box"], default="box", help="mean: convolution, then pooling; box: one convolution of stride 2")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.mode == "grad":
        if len(options.files) != 2:
            parser.error("grad takes CASE and OUT")
        return grad(*options.files)
    run = Run(options.size, options.batch, options.width, options.precision == "bf16", options.pool)
    return bench(options, run) if options.mode == "bench" else serve(run)


if __name__ == "__main__":
    main()
