namespace AInimEngine.Control.Osc;

/// <summary>Takes the messages of a packet.</summary>
internal interface IOscHandler
{
    /// <summary>One message; its bytes are the caller's.</summary>
    void Handle(in OscMessage message);

    /// <summary>A message or a bundle that breaks the rules; nothing of it was handled.</summary>
    void Refuse();
}
