using System.Runtime.CompilerServices;

// Codecs and slots are tested one by one but are nobody else's concern.
[assembly: InternalsVisibleTo("AInimEngine.Control.Tests")]
