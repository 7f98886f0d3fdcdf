using System.Diagnostics;
using System.Security.Cryptography;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Takes finished pictures in order, hashes them when asked, encodes them into segments, and records each segment once
/// it is whole. Used by one thread.
/// </summary>
public sealed class SegmentSink : IDisposable
{
    private readonly WorkFolder _folder;
    private readonly RenderManifest _manifest;
    private readonly EncoderSettings _settings;
    private readonly StageTimes _times;
    private readonly List<string>? _hashes;
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];
    private VideoEncoder? _encoder;
    private int _segment;
    private long _inSegment;

    /// <summary>Starts at segment <paramref name="firstSegment"/>.</summary>
    public SegmentSink(WorkFolder folder, RenderManifest manifest, EncoderSettings settings, bool hash, int firstSegment, StageTimes times)
    {
        _folder = folder;
        _manifest = manifest;
        _settings = settings;
        _times = times;
        _segment = firstSegment;
        _hashes = hash ? [] : null;
    }

    /// <summary>Takes one picture. A slot with a state begins a segment.</summary>
    public void Write(VideoSlot slot, CancellationToken cancellation = default)
    {
        if (_encoder is null)
        {
            if (slot.StateBefore is { } state)
                _folder.WriteState(_segment, state.GetBuffer().AsSpan(0, (int)state.Length));
            _encoder = VideoEncoder.Start(_settings, _folder.SegmentPath(_segment, _manifest.SegmentExtension), tools: null, cancellation);
        }

        long start = Stopwatch.GetTimestamp();
        if (_hashes is not null)
        {
            SHA256.HashData(slot.Picture.Bytes, _digest);
            _hashes.Add(Convert.ToHexStringLower(_digest));
            start = _times.Add(Stage.Hash, start);
        }
        try
        {
            _encoder.Write(slot.Picture);
            _inSegment++;
            if (_inSegment == _manifest.FramesOf(_segment))
                CloseSegment();
        }
        catch (AInimException error) when (_encoder?.FailureReason is { } reason)
        {
            // The segment's own name and count would mean nothing to whoever reads it.
            string then = _segment > 0 ? "The same command continues" : "Try again";
            throw new AInimException(ExitCode.Output, $"cannot write beside '{_folder.Output}' after frame {slot.Frame} of {_manifest.FrameCount}: {reason.TrimEnd('.')}. {then}, once the cause is gone.", error);
        }
        _times.Add(Stage.Encode, start);
    }

    /// <summary>Stops the encoder; an unfinished segment is dropped and will be made again.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _encoder = null;
    }

    private void CloseSegment()
    {
        _encoder!.Finish();
        _encoder.Dispose();
        _encoder = null;
        string final = _folder.SegmentPath(_segment, _manifest.SegmentExtension);
        _folder.CompleteSegment(_segment, new SegmentRecord(_inSegment, new FileInfo(final).Length, _hashes is null ? [] : [.. _hashes]));
        _folder.DropStateBefore(_segment);
        _hashes?.Clear();
        _segment++;
        _inSegment = 0;
    }
}
