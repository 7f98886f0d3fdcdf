using System.Buffers.Binary;

namespace AInimEngine.Media.Pictures;

/// <summary>The first directory of a TIFF file, which is also how EXIF stores its tags (TIFF 6.0, section 2).</summary>
internal static class TiffDirectory
{
    private const int WidthTag = 256, HeightTag = 257, BitsTag = 258, PhotometricTag = 262, OrientationTag = 274, ExtraSamplesTag = 338,
        ProfileTag = 34675, RawTag = 50706, Separated = 5, ColourFilterArray = 32803, LinearRaw = 34892;
    private const int MostEntries = 1000, MostProfileBytes = 8 << 20;

    /// <summary>The orientation that an EXIF block tells; 1 when it tells none or is broken: it is no reason to lose the picture.</summary>
    public static int Orientation(ReadOnlySpan<byte> block)
    {
        try
        {
            return new Reader(block).Number(OrientationTag, 1) is >= 1 and <= 8 and int orientation ? orientation : 1;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return 1;
        }
    }

    /// <summary>Reads the head of a TIFF file.</summary>
    public static PictureInfo ReadPicture(ReadOnlySpan<byte> file)
    {
        var reader = new Reader(file);
        int photometric = reader.Number(PhotometricTag, 1);
        if (reader.Has(RawTag) || photometric is ColourFilterArray or LinearRaw || file[8..10].SequenceEqual("CR"u8))
            throw new InvalidDataException("a camera's raw format is not read here: save it as JPEG, PNG or TIFF");
        return new PictureInfo
        {
            Kind = "TIFF", Demuxer = "tiff_pipe",
            Width = reader.Number(WidthTag, 0), Height = reader.Number(HeightTag, 0),
            Orientation = reader.Number(OrientationTag, 1) is >= 1 and <= 8 and int orientation ? orientation : 1,
            IsDeep = reader.Number(BitsTag, 1) > 8, IsCmyk = photometric == Separated,
            HasAlpha = reader.Number(ExtraSamplesTag, 0) is 1 or 2, IsPremultiplied = reader.Number(ExtraSamplesTag, 0) == 1,
            Profile = reader.Bytes(ProfileTag, MostProfileBytes),
        };
    }

    private readonly ref struct Reader
    {
        private readonly ReadOnlySpan<byte> _block;
        private readonly bool _bigEndian;
        private readonly int _first;
        private readonly int _count;

        public Reader(ReadOnlySpan<byte> block)
        {
            _block = block;
            _bigEndian = block[0] == 'M';
            _first = (int)Math.Min(int.MaxValue, U32(4)) + 2;
            _count = Math.Min(U16(_first - 2), MostEntries);
        }

        public bool Has(int tag) => Find(tag) >= 0;

        /// <summary>The first value of a tag of 16 or 32 bits.</summary>
        public int Number(int tag, int absent)
        {
            int entry = Find(tag);
            if (entry < 0)
                return absent;
            bool isShort = U16(entry + 2) == 3;
            int size = isShort ? 2 : 4;
            int at = U32(entry + 4) * (long)size <= 4 ? entry + 8 : (int)Math.Min(int.MaxValue, U32(entry + 8));
            return isShort ? U16(at) : (int)Math.Min(int.MaxValue, U32(at));
        }

        public byte[]? Bytes(int tag, int most)
        {
            int entry = Find(tag);
            if (entry < 0)
                return null;
            long length = U32(entry + 4), at = U32(entry + 8);
            return length is > 4 && length <= most && at + length <= _block.Length ? _block.Slice((int)at, (int)length).ToArray() : null;
        }

        private int Find(int tag)
        {
            for (int i = 0; i < _count; i++)
            {
                if (U16(_first + i * 12) == tag)
                    return _first + i * 12;
            }
            return -1;
        }

        private int U16(int at) => _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_block[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_block[at..]);

        private uint U32(int at) => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_block[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(_block[at..]);
    }
}
