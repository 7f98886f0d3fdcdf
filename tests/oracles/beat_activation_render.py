"""Renders the MIDI files of the genre corpus with FluidSynth, with sounds and treatments drawn from a seed.

    python3 beat_activation_render.py FOLDER SEED FONT.sf2 [FONT.sf2 ...]

Every FOLDER/NAME.mid that has neither NAME.wav nor NAME.bands becomes NAME.wav (48 kHz, 16 bit, stereo). A quarter goes
through a lossy codec (needs ffmpeg). Level, tilt and noise are varied when the model is trained, on the bands.
"""
import os
import random
import subprocess
import sys
import zlib


def render(folder, name, seed, fonts):
    dice = random.Random(zlib.crc32(f"{seed}/{name}".encode()))
    font = dice.choice(fonts)
    reverb, chorus = dice.random() < 0.5, dice.random() < 0.3
    gain = dice.uniform(0.2, 0.7)
    codec = dice.choice([None] * 9 + ["libmp3lame -b:a 96k", "libopus -b:a 64k", "libvorbis -q:a 1"])
    wav = os.path.join(folder, name + ".wav")
    subprocess.run(["fluidsynth", "-ni", "-q", "-r", "48000", "-O", "s16", "-T", "wav", "-g", f"{gain:.2f}",
                    "-R", str(int(reverb)), "-C", str(int(chorus)), "-F", wav + ".part", font,
                    os.path.join(folder, name + ".mid")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if codec:
        coded = wav + {"libm": ".mp3", "libo": ".opus", "libv": ".ogg"}[codec[:4]]
        quiet = ["ffmpeg", "-v", "error", "-y"]
        subprocess.run(quiet + ["-f", "wav", "-i", wav + ".part", "-c:a"] + codec.split() + [coded], check=True)
        subprocess.run(quiet + ["-i", coded, "-ar", "48000", "-ac", "2", "-f", "wav", wav + ".part"], check=True)
        os.remove(coded)
    os.rename(wav + ".part", wav)


def main():
    folder, seed, fonts = sys.argv[1], sys.argv[2], sys.argv[3:]
    names = sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".mid"))
    # An even sample of the genres comes first, so that training can begin before everything is there.
    for name in names:
        if not any(os.path.exists(os.path.join(folder, name + end)) for end in (".wav", ".bands")):
            render(folder, name, seed, fonts)


main()
