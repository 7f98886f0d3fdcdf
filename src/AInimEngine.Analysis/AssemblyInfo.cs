using System.Runtime.CompilerServices;

// The stages inside the extractor (transform, flux, picker, locator) are tested one by one but are nobody else's concern.
[assembly: InternalsVisibleTo("AInimEngine.Analysis.Tests")]
[assembly: InternalsVisibleTo("AInimEngine.Analysis.Evaluation")]
[assembly: InternalsVisibleTo("AInimEngine.Analysis.Evaluation.Tests")]
