"""Writes tests/AInimEngine.Neural.Tests/data/checkpoints: tiny checkpoints as torch and numpy write them, and NAME.json with
what torch says is in them: {our name: [shape, sum of the elements times 1, 2, 3, ..., first element, last element]}.

The networks are drawn, not trained: names, shapes and containers are those of rosinality's StyleGAN2, FastGAN and
TensorFlow's StyleGAN2. Needs torch and numpy; run from the root of the repository. The data is committed; tests need no
Python.
"""
import argparse
import json
import math
import os
import pickle
import sys
import types
from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parametrizations, spectral_norm

OUT = "tests/AInimEngine.Neural.Tests/data/checkpoints"
torch.manual_seed(1)


def note(name, arrays):
    table = {}
    for key, value in arrays.items():
        flat = np.asarray(value, dtype=np.float64).reshape(-1)
        table[key] = [list(np.shape(value)), float((flat * np.arange(1, flat.size + 1)).sum()), float(flat[0]), float(flat[-1])]
    with open(f"{OUT}/{name}.json", "w") as file:
        json.dump(table, file, indent=0)
        file.write("\n")


def rosinality(size=16, w=8, layers=3, channels=(6, 5, 4), noises=True):
    """A state_dict of rosinality's Generator, and the same under our names."""
    state, ours = OrderedDict(), OrderedDict()

    def put(theirs, mine, tensor, squeezed=None):
        state[theirs] = tensor
        if mine:
            ours[mine] = (tensor if squeezed is None else tensor.reshape(squeezed)).float().numpy()

    taps = torch.tensor([1.0, 3, 3, 1])
    kernel = torch.outer(taps, taps) / 64 * 4

    def convolution(theirs, mine, cin, cout, up):
        put(f"{theirs}.conv.weight", f"{mine}.weight", torch.randn(1, cout, cin, 3, 3), (cout, cin, 3, 3))
        if up:
            put(f"{theirs}.conv.blur.kernel", None, kernel.clone())
        put(f"{theirs}.conv.modulation.weight", f"{mine}.affine.weight", torch.randn(cin, w))
        put(f"{theirs}.conv.modulation.bias", f"{mine}.affine.bias", torch.ones(cin))
        put(f"{theirs}.noise.weight", f"{mine}.noise_strength", torch.randn(1), ())
        put(f"{theirs}.activate.bias", f"{mine}.bias", torch.randn(cout))

    def rgb(theirs, mine, cin, up):
        put(f"{theirs}.bias", f"{mine}.bias", torch.randn(1, 3, 1, 1), (3,))
        if up:
            put(f"{theirs}.upsample.kernel", None, kernel.clone())
        put(f"{theirs}.conv.weight", f"{mine}.weight", torch.randn(1, 3, cin, 1, 1), (3, cin, 1, 1))
        put(f"{theirs}.conv.modulation.weight", f"{mine}.affine.weight", torch.randn(cin, w))
        put(f"{theirs}.conv.modulation.bias", f"{mine}.affine.bias", torch.ones(cin))

    for i in range(layers):
        put(f"style.{i + 1}.weight", f"mapping.fc{i}.weight", torch.randn(w, w) / 0.01)
        put(f"style.{i + 1}.bias", f"mapping.fc{i}.bias", torch.randn(w))
    put("input.input", "synthesis.b4.const", torch.randn(1, channels[0], 4, 4), (channels[0], 4, 4))
    convolution("conv1", "synthesis.b4.conv1", channels[0], channels[0], False)
    rgb("to_rgb1", "synthesis.b4.torgb", channels[0], False)
    blocks = int(math.log2(size)) - 2
    for k in range(blocks):
        convolution(f"convs.{2 * k}", f"synthesis.b{8 << k}.conv0", channels[k], channels[k + 1], True)
        convolution(f"convs.{2 * k + 1}", f"synthesis.b{8 << k}.conv1", channels[k + 1], channels[k + 1], False)
    for k in range(blocks):
        rgb(f"to_rgbs.{k}", f"synthesis.b{8 << k}.torgb", channels[k + 1], True)
    if noises:
        for n in range(2 * blocks + 1):
            r = 4 if n == 0 else 8 << ((n - 1) // 2)
            layer = "b4.conv1" if n == 0 else f"b{r}.conv{(n - 1) % 2}"
            put(f"noises.noise_{n}", f"synthesis.{layer}.noise_const", torch.randn(1, 1, r, r), (r, r))
    return state, ours


class FastGan(nn.Module):
    """The modules of FastGAN's generator at 256, in their order; it is never run."""

    def __init__(self, z=5, c=(4, 3, 2, 2, 3, 2, 1), spectral_norm=spectral_norm):
        super().__init__()

        def conv(*args, **kwargs):
            return spectral_norm(nn.Conv2d(*args, bias=False, **kwargs))

        class Noise(nn.Module):
            def __init__(self):
                super().__init__()
                self.weight = nn.Parameter(torch.randn(1))

        def up(cin, cout):
            return nn.Sequential(nn.Identity(), conv(cin, 2 * cout, 3, padding=1), nn.BatchNorm2d(2 * cout), nn.GLU(1))

        def up2(cin, cout):
            return nn.Sequential(nn.Identity(), conv(cin, 2 * cout, 3, padding=1), Noise(), nn.BatchNorm2d(2 * cout), nn.GLU(1),
                                 conv(cout, 2 * cout, 3, padding=1), Noise(), nn.BatchNorm2d(2 * cout), nn.GLU(1))

        class Excitation(nn.Module):
            def __init__(self, low, high):
                super().__init__()
                self.main = nn.Sequential(nn.Identity(), conv(low, high, 4), nn.SiLU(), conv(high, high, 1), nn.Sigmoid())

        class Init(nn.Module):
            def __init__(self):
                super().__init__()
                self.init = nn.Sequential(spectral_norm(nn.ConvTranspose2d(z, 2 * c[0], 4, bias=False)), nn.BatchNorm2d(2 * c[0]), nn.GLU(1))

        self.init = Init()
        for i in range(1, 7):
            setattr(self, f"feat_{4 << i}", (up2 if i % 2 else up)(c[i - 1], c[i]))
        self.se_64, self.se_128, self.se_256 = Excitation(c[0], c[4]), Excitation(c[1], c[5]), Excitation(c[2], c[6])
        self.to_128, self.to_big = conv(c[5], 3, 1), conv(c[6], 3, 3, padding=1)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                nn.init.normal_(module.weight)
                nn.init.normal_(module.bias)
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2)

    def folded(self):
        """What every layer works with, as torch computes it."""
        arrays = {}
        self.eval()
        for name, module in self.named_modules():
            for hook in module._forward_pre_hooks.values():
                hook(module, None)  # spectral normalisation puts module.weight together here
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
                arrays[f"{name}.weight"] = module.weight.detach().numpy()
            elif isinstance(module, nn.BatchNorm2d):
                for key in ("weight", "bias", "running_mean", "running_var"):
                    arrays[f"{name}.{key}"] = getattr(module, key).detach().numpy()
            elif type(module).__name__ == "Noise":
                arrays[f"{name}.weight"] = module.weight.detach().numpy()
        return arrays


def official(path):
    """Parameters and buffers of G_ema in a file of StyleGAN2-ADA's tools."""

    class Raw(dict):
        def __init__(self, *args, **kwargs):
            super().__init__()

    class Reader(pickle.Unpickler):
        def find_class(self, module, name):
            if name == "_reconstruct_persistent_obj":
                return lambda meta: meta
            if name == "EasyDict":
                return Raw
            return super().find_class(module, name)

    with open(path, "rb") as file:
        network = Reader(file).load()["G_ema"]

    def flatten(module, prefix=""):
        state = module["state"]
        for part in ("_parameters", "_buffers"):
            for key, value in state[part].items():
                yield prefix + key, value.detach().numpy()
        for key, value in state["_modules"].items():
            yield from flatten(value, f"{prefix}{key}.")

    return {key: value for key, value in flatten(network) if not key.endswith("resample_filter")}


def tensorflow(path, g, layers=2):
    """TensorFlow's form of a model of 16x16: importing it has to give the same numbers."""

    def hwio(array, flip=False):
        array = np.transpose(array, (2, 3, 1, 0))
        return np.ascontiguousarray(array[::-1, ::-1] if flip else array)

    mapping, synthesis = [], []
    for i in range(layers):
        mapping += [(f"Dense{i}/weight", np.ascontiguousarray(g[f"mapping.fc{i}.weight"].T)), (f"Dense{i}/bias", g[f"mapping.fc{i}.bias"])]
    synthesis.append(("4x4/Const/const", g["synthesis.b4.const"][None]))
    noise = 0
    for r in (4, 8, 16):
        for mine, theirs in (("conv1", "Conv"),) if r == 4 else (("conv0", "Conv0_up"), ("conv1", "Conv1")):
            p, q = f"synthesis.b{r}.{mine}", f"{r}x{r}/{theirs}"
            synthesis += [(f"{q}/weight", hwio(g[f"{p}.weight"], mine == "conv0")), (f"{q}/bias", g[f"{p}.bias"]),
                          (f"{q}/noise_strength", np.float32(g[f"{p}.noise_strength"])),
                          (f"{q}/mod_weight", np.ascontiguousarray(g[f"{p}.affine.weight"].T)), (f"{q}/mod_bias", g[f"{p}.affine.bias"] - 1)]
            synthesis.append((f"noise{noise}", g[f"{p}.noise_const"][None, None]))
            noise += 1
        p, q = f"synthesis.b{r}.torgb", f"{r}x{r}/ToRGB"
        synthesis += [(f"{q}/weight", hwio(g[f"{p}.weight"])), (f"{q}/bias", g[f"{p}.bias"]),
                      (f"{q}/mod_weight", np.ascontiguousarray(g[f"{p}.affine.weight"].T)), (f"{q}/mod_bias", g[f"{p}.affine.bias"] - 1)]

    for name in ("dnnlib", "dnnlib.tflib", "dnnlib.tflib.network"):
        sys.modules[name] = types.ModuleType(name)

    class Network:
        def __getstate__(self):
            return self.state

    Network.__module__, Network.__qualname__ = "dnnlib.tflib.network", "Network"
    sys.modules["dnnlib.tflib.network"].Network = Network

    def make(name, variables, components, kwargs):
        network = Network()
        network.state = {"version": 4, "name": name, "static_kwargs": kwargs, "components": components,
                         "build_module_src": "raise SystemExit('executed')", "build_func_name": name, "variables": variables}
        return network

    kwargs = {"resolution": 16, "num_channels": 3, "label_size": 0, "conv_clamp": 256}
    gs = make("Gs", [("lod", np.float32(0)), ("dlatent_avg", g["mapping.w_avg"])],
              {"synthesis": make("G_synthesis", synthesis, {}, kwargs), "mapping": make("G_mapping", mapping, {}, {"mapping_lrmul": 0.01})}, kwargs)
    discriminator = make("D", [("4x4/Conv/weight", np.zeros((3, 3, 1, 1), np.float32))], {}, {})
    with open(path, "wb") as file:
        pickle.dump((gs, discriminator, gs), file, protocol=3)
    del sys.modules["dnnlib"], sys.modules["dnnlib.tflib"], sys.modules["dnnlib.tflib.network"]


def main():
    os.makedirs(OUT, exist_ok=True)
    state, ours = rosinality()
    args = argparse.Namespace(size=16, path="somewhere", lr=0.002, augment=False)
    checkpoint = {"g": {k: v + 1 for k, v in state.items()}, "g_ema": state, "args": args, "ada_aug_p": 0.25}
    torch.save(checkpoint, f"{OUT}/rosinality.pt")
    note("rosinality", ours)

    state, ours = rosinality(noises=False)
    mean = torch.randn(8)
    ours["mapping.w_avg"] = mean.numpy()
    torch.save({"g_ema": {f"module.{k}": v for k, v in state.items()}, "latent_avg": mean}, f"{OUT}/rosinality-legacy.pt", _use_new_zipfile_serialization=False)
    note("rosinality-legacy", ours)

    # Halves, bfloat16, doubles; a transposed view, and two tensors in one storage.
    state, _ = rosinality()
    state["style.1.weight"] = state["style.1.weight"].half()
    state["style.2.weight"] = state["style.2.weight"].bfloat16()
    state["style.3.weight"] = state["style.3.weight"].double()
    state["conv1.conv.modulation.weight"] = state["conv1.conv.modulation.weight"].t().contiguous().t()
    both = torch.randn(2, 8)
    state["style.1.bias"], state["style.2.bias"] = both[0], both[1]
    torch.save({"g_ema": state}, f"{OUT}/rosinality-types.pt")
    note("rosinality-types", {
        "mapping.fc0.weight": state["style.1.weight"].float().numpy(), "mapping.fc1.weight": state["style.2.weight"].float().numpy(),
        "mapping.fc2.weight": state["style.3.weight"].float().numpy(), "mapping.fc0.bias": both[0].numpy(), "mapping.fc1.bias": both[1].numpy(),
        "synthesis.b4.conv1.affine.weight": state["conv1.conv.modulation.weight"].contiguous().numpy()})

    g = FastGan()
    state = OrderedDict((f"module.{k}", v.clone()) for k, v in g.state_dict().items())
    average = [p.detach() + 0.1 for p in g.parameters()]
    optimiser = torch.optim.Adam(g.parameters())
    torch.save({"g": state, "d": OrderedDict(), "g_ema": average, "opt_g": optimiser.state_dict()}, f"{OUT}/fastgan.pth")
    with torch.no_grad():
        for p, a in zip(g.parameters(), average):
            p.copy_(a)
    note("fastgan", g.folded())
    g = FastGan()
    torch.save({"g": g.state_dict()}, f"{OUT}/fastgan-legacy.pth", _use_new_zipfile_serialization=False)
    note("fastgan-legacy", g.folded())

    g = FastGan(spectral_norm=parametrizations.spectral_norm)
    torch.save({"g_ema": g.state_dict()}, f"{OUT}/fastgan-parametrized.pth")
    note("fastgan-parametrized", g.folded())

    torch.jit.save(torch.jit.script(nn.Linear(2, 2)), f"{OUT}/torchscript.pt")
    torch.save(nn.Linear(2, 2), f"{OUT}/whole-module.pt")
    tensorflow(f"{OUT}/tensorflow.pkl", official("tests/AInimEngine.Neural.Tests/data/stylegan2/dev16.pkl"))
    _, tiny = rosinality(w=2, layers=1, channels=(2, 1, 1))
    tiny["mapping.w_avg"] = np.zeros(2, np.float32)
    tensorflow(f"{OUT}/tensorflow-tiny.pkl", tiny, layers=1)


if __name__ == "__main__":
    main()
