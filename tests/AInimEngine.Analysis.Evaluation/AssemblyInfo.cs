using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AInimEngine.Analysis.Evaluation.Tests")]
