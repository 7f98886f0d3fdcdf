"""Trains the beat activation that src/AInimEngine.Analysis/Beats/Learned runs. Scratch tool: the product needs no Python.

    python3 beat_activation_train.py OUT.pt --data FOLDER[:SHARE] ... --minutes 20 [--look-ahead] [--start OLD.pt]
    python3 beat_activation_train.py OUT.pt OUT.bin --export [--look-ahead]
    python3 beat_activation_train.py CAUSAL.bin LOOKAHEAD.bin --golden GOLDEN.bin

A folder holds NAME.bands (64 float32 per frame, 93.75 frames a second) and NAME.json (beats, downbeats in seconds); both
come from the `genres` verb of tests/AInimEngine.Analysis.Evaluation. Needs numpy and torch 1.13 or later, CPU.

The model: level-free log bands and their rise -> 3-frame convolution -> ten residual blocks of dilated 3-frame convolutions
(Davies and Boeck, "Temporal convolutional networks for musical audio beat tracking", EUSIPCO 2019) -> two logits a, b with
P(none) : P(beat) : P(downbeat) = 1 : e^a : e^b. The causal model pads on the left and answers DELAY frames late; the
look-ahead model pads on both sides.
"""
import argparse
import json
import os
import struct
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

RATE, BANDS, CHANNELS, FRONT, BLOCKS, DELAY = 93.75, 64, 16, 3, 10, 2
GAIN, FLOOR, MEMORY = 100.0, 1e-5, 8.0


def features(bands):
    """[T, 64] linear bands -> [T, 128]: lg(1 + 100 x / loudest lately), and its rise. Same as ActivationFeatures.cs."""
    mean = np.maximum(bands.mean(1).astype(np.float64), FLOOR)
    fall = np.arange(len(mean)) / (MEMORY * RATE)
    level = np.exp(np.maximum.accumulate(np.log(mean) + fall) - fall)
    log = np.log10(1 + GAIN * bands / np.maximum(level, FLOOR)[:, None]).astype(np.float32)
    rise = np.maximum(0, np.diff(log, axis=0, prepend=np.zeros((1, BANDS), np.float32)))
    return np.concatenate([log, rise], 1)


class Block(nn.Module):
    def __init__(self, channels, dilation, ahead):
        super().__init__()
        self.pad = (dilation, dilation) if ahead else (2 * dilation, 0)
        self.wide = nn.Conv1d(channels, channels, 3, dilation=dilation)
        self.norm = nn.BatchNorm1d(channels, momentum=0.02)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, x):
        return x + self.mix(F.relu(self.norm(self.wide(F.pad(x, self.pad)))))


class Net(nn.Module):
    def __init__(self, ahead):
        super().__init__()
        self.ahead = ahead
        self.pad = (FRONT // 2, FRONT // 2) if ahead else (FRONT - 1, 0)
        self.front = nn.Conv1d(2 * BANDS, CHANNELS, FRONT)
        self.norm = nn.BatchNorm1d(CHANNELS, momentum=0.02)
        self.blocks = nn.Sequential(*[Block(CHANNELS, 2 ** i, ahead) for i in range(BLOCKS)])
        self.head = nn.Conv1d(CHANNELS, 2, 1)
        nn.init.constant_(self.head.bias, -4)
        for block in self.blocks:
            nn.init.normal_(block.mix.weight, 0, 0.5 / CHANNELS ** 0.5)

    def forward(self, x):
        return self.head(F.relu(self.blocks(F.relu(self.norm(self.front(F.pad(x, self.pad)))))))


def load(folder, keep):
    clips = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".bands") and keep(name):
            bands = np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, BANDS)
            with open(os.path.join(folder, name[:-6] + ".json")) as file:
                truth = json.load(file)
            clips.append((name[:-6], bands, np.array(truth["beats"]), np.array(truth["downbeats"])))
    return clips


def targets(frames, beats, downbeats, delay):
    """[3, T]: beat, downbeat among beats, whether bars are known; beats are widened by two frames."""
    y = np.zeros((3, frames), np.float32)
    y[2] = len(downbeats) > 0
    down = set(np.round(downbeats * RATE * 4).astype(int)) if len(downbeats) else set()
    for beat in beats:
        # Frame k is centred on sample 512 k + 128.
        at = beat * RATE - 0.25 + delay
        first = int(np.ceil(at - 2.5))
        is_down = any(int(round(beat * RATE * 4)) + d in down for d in (-1, 0, 1))
        for k in range(max(0, first), min(frames, first + 5)):
            width = max(0.0, 1 - abs(k - at) / 2.5)
            value = min(1.0, width * 1.3)
            if value > y[0, k]:
                y[0, k], y[1, k] = value, is_down
    return y


def augment(bands, beats, downbeats, length, dice):
    """A random cut, faster or slower, of another colour and key, with a little noise."""
    speed = np.exp(dice.uniform(-0.17, 0.17)) if dice.random() < 0.7 else 1.0
    need = int(length * speed) + 2
    start = dice.integers(0, max(1, len(bands) - need)) if dice.random() < 0.8 else 0
    part = bands[start:start + need]
    at = np.arange(min(length, int((len(part) - 1) / speed))) * speed
    low = at.astype(int)
    share = (at - low)[:, None].astype(np.float32)
    cut = part[low] * (1 - share) + part[low + 1] * share
    shift = dice.integers(-2, 3)
    if shift:
        cut = np.roll(cut, shift, 1)
    x = np.linspace(-1, 1, BANDS)
    colour = dice.normal(0, 4) * x + dice.normal(0, 2) * np.cos(np.pi * x * dice.uniform(0.5, 3) + dice.uniform(0, 6))
    cut = cut * (10 ** (colour / 20)).astype(np.float32)
    if dice.random() < 0.5:
        level = cut.mean() * 10 ** (dice.uniform(-45, -12) / 20)
        noise = np.abs(dice.standard_normal(cut.shape, np.float32))
        cut = cut + level * noise * np.linspace(0.3, 1.7, BANDS, dtype=np.float32)
    moved = [(t - start / RATE) / speed for t in (beats, downbeats)]
    if len(cut) < length:
        cut = np.concatenate([cut, np.zeros((length - len(cut), BANDS), np.float32)])
    return cut, [m[(m > -0.01) & (m < length / RATE)] for m in moved]


def loss_of(out, y):
    a, b = out[:, 0], out[:, 1]
    beat = F.binary_cross_entropy_with_logits(torch.logaddexp(a, b), y[:, 0])
    bar = F.binary_cross_entropy_with_logits(b - a, y[:, 1], weight=y[:, 0] * y[:, 2])
    return beat + 2 * bar


def picked(curve, threshold=0.2):
    """Peaks above the threshold, 150 ms apart."""
    c = np.pad(curve, 6)
    top = np.max(np.lib.stride_tricks.sliding_window_view(c, 13), 1)
    return np.nonzero((curve >= threshold) & (curve >= top))[0]


def f_score(found, truth, tolerance=0.07):
    truth = truth[truth > 2]
    found = found[found > 2 - tolerance]
    if len(truth) == 0 or len(found) == 0:
        return 0.0
    hits, i = 0, 0
    for t in truth:
        while i < len(found) and found[i] < t - tolerance:
            i += 1
        if i < len(found) and found[i] <= t + tolerance:
            hits += 1
            i += 1
    return 2 * hits / (len(truth) + len(found))


def evaluate(net, clips, delay):
    net.eval()
    scores = []
    with torch.no_grad():
        for name, bands, beats, downbeats in clips:
            bands = bands[:4096]
            out = net(torch.from_numpy(features(bands).T[None].copy()))[0].double().exp().numpy()
            total = 1 + out[0] + out[1]
            seconds = lambda frames: (frames - delay + 0.25) / RATE
            end = len(bands) / RATE - 0.1
            found = seconds(picked((out[0] + out[1]) / total))
            bars = seconds(picked(out[1] / total))
            scores.append((name, f_score(found, beats[beats < end]), f_score(bars, downbeats[downbeats < end]) if len(downbeats) else np.nan))
    net.train()
    return scores


def train(args):
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    dice = np.random.default_rng(args.seed)
    delay = 0 if args.look_ahead else DELAY
    # One found composition in six is never trained on; made ones are numbered, and have a folder of their own for checks.
    kept = lambda name: not name[0].isdigit() and sum(map(ord, name.split(".")[0])) % 6 == 0
    read = lambda: [(load(d.split(":")[0], lambda n: not kept(n)), float(d.split(":")[1])) for d in args.data]
    sets = read()
    valid = [c for d in args.valid for c in load(d, lambda n: n[0].isdigit() or kept(n))]
    net = Net(args.look_ahead)
    if args.start:
        net.load_state_dict(torch.load(args.start))
    print(sum(p.numel() for p in net.parameters()), "parameters;", [len(s) for s, _ in sets], "clips,", len(valid), "to check", flush=True)
    optimiser = torch.optim.Adam(net.parameters(), args.rate)
    began, step, running = time.time(), 0, None
    shares = np.array([share for _, share in sets])
    shares /= shares.sum()
    checked = began
    while (done := (time.time() - began) / 60 / args.minutes) < 1:
        warm = min(1, (step + 1) / 30)
        for group in optimiser.param_groups:
            group["lr"] = args.rate * warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * done)))
        xs, ys = [], []
        for _ in range(args.batch):
            clips = sets[dice.choice(len(sets), p=shares)][0]
            _, bands, beats, downbeats = clips[dice.integers(len(clips))]
            cut, (b, d) = augment(bands, beats, downbeats, args.length, dice)
            if (chance := dice.random()) < 0.03:
                # Noise or silence has no beats; a short gap keeps them.
                cut, b, d = np.abs(dice.standard_normal(cut.shape, np.float32)) * np.float32(dice.choice([0, 1e-3, 0.1], p=[0.4, 0.3, 0.3])), b[:0], d[:0]
            elif chance < 0.13:
                gap = dice.integers(0, args.length)
                cut[gap:gap + dice.integers(40, 400)] *= dice.choice([0, 0.01])
            y = targets(args.length, b, d, delay)
            y[2] = len(downbeats) > 0
            xs.append(features(cut).T)
            ys.append(y)
        loss = loss_of(net(torch.from_numpy(np.stack(xs))), torch.from_numpy(np.stack(ys)))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        running = loss.item() if running is None else 0.97 * running + 0.03 * loss.item()
        step += 1
        if step % 25 == 0:
            print(f"{time.time() - began:6.0f} s  step {step}  loss {running:.4f}", flush=True)
        if time.time() - checked > args.check * 60:
            torch.save(net.state_dict(), args.out)
            scores = evaluate(net, [valid[i] for i in dice.choice(len(valid), min(20, len(valid)), False)], delay)
            print(f"       beat F {np.mean([s[1] for s in scores]):.3f}  downbeat F {np.nanmean([s[2] for s in scores]):.3f}", flush=True)
            sets, checked = read(), time.time()
    torch.save(net.state_dict(), args.out)
    for name, beat, bar in (scores := evaluate(net, valid, delay)):
        print(f"{beat:.3f} {bar:.3f} {name}")
    print(f"{step} steps, loss {running:.4f}, beat F {np.mean([s[1] for s in scores]):.3f}, downbeat F {np.nanmean([s[2] for s in scores]):.3f}")


def folded(conv, norm):
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale[:, None, None], (conv.bias - norm.running_mean) * scale + norm.bias


def export(source, target, ahead):
    """Writes the weights in the format that ActivationModel.cs documents, batch normalisation folded in."""
    net = Net(ahead)
    net.load_state_dict(torch.load(source))
    net.eval()
    layers = [folded(net.front, net.norm)]
    for block in net.blocks:
        layers += [folded(block.wide, block.norm), (block.mix.weight, block.mix.bias)]
    layers.append((net.head.weight, net.head.bias))
    with open(target, "wb") as file:
        file.write(b"ABT1" + struct.pack("<6i", int(ahead), 0 if ahead else DELAY, BANDS, CHANNELS, FRONT, BLOCKS))
        for weight, bias in layers:
            file.write(weight.detach().permute(2, 1, 0).contiguous().numpy().astype("<f2").tobytes())
            file.write(bias.detach().numpy().astype("<f2").tobytes())


def shipped(path):
    """The network of an exported file: what the product computes, in double precision."""
    with open(path, "rb") as file:
        ahead = struct.unpack("<4s6i", file.read(28))[1] == 1
        net = Net(ahead)
        net.eval()
        for layer in [net.front] + [part for block in net.blocks for part in (block.wide, block.mix)] + [net.head]:
            outs, ins, taps = layer.weight.shape
            weight = np.frombuffer(file.read(2 * outs * ins * taps), "<f2").astype(np.float32).reshape(taps, ins, outs)
            layer.weight.data = torch.from_numpy(weight).permute(2, 1, 0).contiguous()
            layer.bias.data = torch.from_numpy(np.frombuffer(file.read(2 * outs), "<f2").astype(np.float32))
    net.norm = nn.Identity()
    for block in net.blocks:
        block.norm = nn.Identity()
    return net.double()


def golden(causal, ahead, target):
    """Every seventh answer of both networks to 2600 frames that LearnedBeatTests.cs makes by the same formula."""
    k, b = np.arange(2600)[:, None], np.arange(BANDS)[None]
    bands = (((k * 31 + b * 17) % 97) / 97 * 0.01 + np.where(k % 47 < 3, (b % 7 + 1) * 0.05, 0)).astype(np.float32)
    columns = []
    for path in (causal, ahead):
        with torch.no_grad():
            out = shipped(path)(torch.from_numpy(features(bands).T[None].copy()).double())[0].exp().numpy()
        columns += [(out[0] + out[1]) / (1 + out[0] + out[1]), out[1] / (1 + out[0] + out[1])]
    np.stack(columns, 1)[::7].astype("<f4").tofile(target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("to", nargs="?")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--golden")
    parser.add_argument("--data", nargs="*", default=[])
    parser.add_argument("--valid", nargs="*", default=[])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--check", type=float, default=4)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--length", type=int, default=1536)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--look-ahead", action="store_true")
    parser.add_argument("--start")
    arguments = parser.parse_args()
    if arguments.export:
        export(arguments.out, arguments.to, arguments.look_ahead)
    elif arguments.golden:
        golden(arguments.out, arguments.to, arguments.golden)
    else:
        train(arguments)
