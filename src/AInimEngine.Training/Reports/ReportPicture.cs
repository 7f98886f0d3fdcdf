using AInimEngine.Core.Imaging;
using AInimEngine.Media;

namespace AInimEngine.Training.Reports;

/// <summary>A picture of a report.</summary>
/// <param name="Title">"Generated pictures".</param>
/// <param name="Caption">What is to be seen, plain text.</param>
/// <param name="Png">The bytes of a PNG.</param>
public sealed record ReportPicture(string Title, string Caption, byte[] Png)
{
    /// <summary>A sheet, which is let go.</summary>
    /// <param name="title">"Generated pictures".</param>
    /// <param name="caption">What is to be seen.</param>
    /// <param name="sheet">What was drawn.</param>
    public static ReportPicture Of(string title, string caption, Image sheet)
    {
        using (sheet)
            return new ReportPicture(title, caption, ImageFile.Encode(sheet));
    }
}
