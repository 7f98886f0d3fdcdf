"""Makes tests/AInimEngine.Neural.Tests/data/fastgan/reference.json: pixels of a FastGAN generator, in PyTorch's own layers.

    python3 fastgan_reference.py > reference.json

Weights are a formula, so that no file of them is kept: element i of the array at place k of the sorted names is
s * sin(0.37 i i + 1.3 k + 1), s = 4 / sqrt(inputs) for kernels and 0.5 elsewhere; variances are 1 + 0.5 of it, scales of
normalisation likewise. z is sin(0.9 i). No noise. Written from the paper (Liu et al. 2021).
"""
import json
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

CHANNELS = [16, 12, 8, 6, 6, 4, 2]  # at 4, 8, ... 256
Z = 8


def up(cin, cout, double):
    layers = [nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(cin, 2 * cout, 3, 1, 1, bias=False)]
    if not double:
        return nn.Sequential(*layers, nn.BatchNorm2d(2 * cout), nn.GLU(1))
    return nn.Sequential(*layers, Noise(), nn.BatchNorm2d(2 * cout), nn.GLU(1),
                         nn.Conv2d(cout, 2 * cout, 3, 1, 1, bias=False), Noise(), nn.BatchNorm2d(2 * cout), nn.GLU(1))


class Noise(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x


class Init(nn.Module):
    def __init__(self):
        super().__init__()
        c = 2 * CHANNELS[0]
        self.init = nn.Sequential(nn.ConvTranspose2d(Z, c, 4, 1, 0, bias=False), nn.BatchNorm2d(c), nn.GLU(1))


class Excitation(nn.Module):
    def __init__(self, small, big):
        super().__init__()
        self.main = nn.Sequential(nn.AdaptiveAvgPool2d(4), nn.Conv2d(small, big, 4, 1, 0, bias=False), nn.SiLU(),
                                  nn.Conv2d(big, big, 1, 1, 0, bias=False), nn.Sigmoid())


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.init = Init()
        for i in range(1, 7):
            setattr(self, f"feat_{4 << i}", up(CHANNELS[i - 1], CHANNELS[i], i % 2 == 1))
        for i in range(4, 7):
            setattr(self, f"se_{4 << i}", Excitation(CHANNELS[i - 4], CHANNELS[i]))
        self.to_128 = nn.Conv2d(CHANNELS[5], 3, 1, bias=False)
        self.to_big = nn.Conv2d(CHANNELS[6], 3, 3, 1, 1, bias=False)

    def forward(self, z):
        features = [self.init.init(z.view(z.shape[0], -1, 1, 1))]
        for i in range(1, 7):
            x = getattr(self, f"feat_{4 << i}")(features[-1])
            if i >= 4:
                x = x * getattr(self, f"se_{4 << i}").main(features[i - 4])
            features.append(x)
        return self.to_big(features[-1])


def main():
    torch.set_grad_enabled(False)
    generator = Generator().double().eval()
    state = {k: v for k, v in generator.state_dict().items() if not k.endswith("num_batches_tracked")}
    for place, name in enumerate(sorted(state)):
        value = state[name]
        scale = 4 / math.sqrt(value[0].numel()) if value.dim() == 4 else 0.5
        flat = torch.sin(0.37 * torch.arange(value.numel(), dtype=torch.float64) ** 2 + 1.3 * place + 1) * scale
        if name.endswith("running_var") or (value.dim() == 1 and value.numel() > 1 and name.endswith("weight")):
            flat = flat + 1
        value.copy_(flat.float().double().view(value.shape))
    z = torch.sin(0.9 * torch.arange(2 * Z, dtype=torch.float64)).float().double().view(2, Z)
    image = generator(z)
    print(json.dumps({"z_dim": Z, "channels": CHANNELS, "step": 17,
                      "pixels": [round(v, 7) for v in image[:, :, ::17, ::17].flatten().tolist()]}))


main()
