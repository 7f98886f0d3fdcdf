namespace AInimEngine.Neural.Workers;

/// <summary>The bytes in the pipes between a generator's process and its worker: one for a request, one for its answer.</summary>
internal enum WorkerSignal : byte
{
    /// <summary>Request: make the picture that the header describes.</summary>
    Decode = (byte)'D',

    /// <summary>Request: draw the sample of the header's seed into the controls.</summary>
    Sample = (byte)'S',

    /// <summary>Request: go on in the memory whose path is in the message.</summary>
    Move = (byte)'M',

    /// <summary>Request: make the generator that the message describes, instead of the one before; answered as at first.</summary>
    Renew = (byte)'N',

    /// <summary>Answer: done; at first, that the worker is ready and has said who it is in a message.</summary>
    Done = (byte)'K',

    /// <summary>Answer: it failed, and why is in a message.</summary>
    Failed = (byte)'E',
}
