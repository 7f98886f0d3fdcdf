using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Neural;

namespace AInimEngine.Engine.Explore;

/// <summary>Between pictures of networks, planes of -1..1, and pictures of people.</summary>
internal static class PicturePixels
{
    /// <summary>A picture as RGBA bytes of a square of some size.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="size">Side, pixels.</param>
    /// <returns>size * size * 4 bytes, opaque.</returns>
    public static byte[] Of(Tensor image, int size)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        float[] planes = Resize(image.Unsqueeze(0).Clamp(-1, 1), size).To(Device.Cpu, ScalarType.Float32).ToArray<float>();
        var pixels = new byte[size * size * 4];
        for (int i = 0; i < size * size; i++)
        {
            for (int c = 0; c < 3; c++)
                pixels[i * 4 + c] = (byte)Math.Clamp(planes[c * size * size + i] * 127.5f + 128, 0, 255);
            pixels[i * 4 + 3] = 255;
        }
        return pixels;
    }

    /// <summary>The middle square of a picture file as a network's picture.</summary>
    /// <param name="path">Anything that <see cref="ImageFile.Load"/> reads.</param>
    /// <param name="size">Side, pixels.</param>
    /// <returns>[1, 3, size, size], -1..1, in the current scope.</returns>
    public static Tensor Load(string path, int size)
    {
        using var scope = new TensorScope();
        using Image picture = ImageFile.Load(path);
        int side = Math.Min(picture.Width, picture.Height);
        Tensor pixels = Tensor.From<byte>(picture.Bytes, picture.Height, picture.Width, 4);
        Tensor planes = pixels.Narrow(0, (picture.Height - side) / 2, side).Narrow(1, (picture.Width - side) / 2, side).Narrow(2, 0, 3)
            .Permute(2, 0, 1).Unsqueeze(0).To(ScalarType.Float32).Div(127.5).Sub(1);
        return scope.Keep(Resize(planes, size).Contiguous());
    }

    /// <summary>A picture as a PNG in memory.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="size">Side, pixels.</param>
    public static byte[] Png(Tensor image, int size)
    {
        using var picture = new Image(size, size, PixelFormat.Rgba8);
        Of(image, size).CopyTo(picture.Bytes);
        return ImageFile.Encode(picture);
    }

    // Smaller by areas, larger by bilinear interpolation.
    private static Tensor Resize(Tensor image, int size)
    {
        long width = image.Size(3);
        if (width == size)
            return image;
        return width > size ? image.AdaptiveAvgPool2d([size, size]) : image.UpsampleBilinear2d([size, size]);
    }
}
