using System.Globalization;

namespace AInimEngine.Training.Data;

/// <summary>What people should know about their pictures, in sentences.</summary>
internal static class DataWarnings
{
    private const int FewOfAClass = 10;

    /// <summary>All that applies, gravest first.</summary>
    /// <param name="report">What became of the files.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="notes">What else there is to say.</param>
    public static IReadOnlyList<string> Of(DataReport report, DataSettings settings, IReadOnlyList<string> notes)
    {
        var said = new List<string>();
        int broken = report.Skipped.Count;
        if (report.Used < DataSettings.FewPictures)
            said.Add(Text($"{report.Used} pictures are few: expect the model to repeat them. {DataSettings.FewPictures} or more are better."));
        if (2 * report.Enlarged > report.Used)
            said.Add(Text($"{report.Enlarged} of {report.Used} pictures are smaller than {settings.Resolution} pixels (half are below {report.MedianSide}) and were enlarged: the model will learn their blur. --size {TrainingRecipe.LargestResolution(report.MedianSide)} suits them."));
        else if (report.Enlarged > 0)
            said.Add(Text($"{report.Enlarged} of {report.Used} pictures {(report.Enlarged == 1 ? "is" : "are")} smaller than {settings.Resolution} pixels and {(report.Enlarged == 1 ? "was" : "were")} enlarged; the smallest is {report.SmallestSide}."));
        if (report.Vanished > 0)
            said.Add(Text($"{Count(report.Vanished)} with transparent parts can hardly be seen on {Name(settings.Backdrop)}: lay them on {Name(Other(settings.Backdrop))} instead (--backdrop {Name(Other(settings.Backdrop))})."));
        if (broken > 0)
            said.Add(Text($"{broken} of {report.Found} files cannot be used: '{report.Skipped[0].Name}': {report.Skipped[0].Reason}{(broken > 1 ? ", and others" : "")}."));
        if (report.Scenes == 0 && report.Duplicates.Count > 0)
            said.Add(Text($"{Count(report.Duplicates.Count)} {(report.Duplicates.Count == 1 ? "is" : "are")} there more than once and count{(report.Duplicates.Count == 1 ? "s" : "")} once: '{report.Duplicates[0].Name}' is '{report.Duplicates[0].Like}'."));
        if (report.Scenes == 0 && report.NearDuplicates.Count > 0)
            said.Add(Text($"{Count(report.NearDuplicates.Count)} {(report.NearDuplicates.Count == 1 ? "looks" : "look")} almost like another: '{report.NearDuplicates[0].Name}' like '{report.NearDuplicates[0].Like}'. Both are used; leave one out if it should not count twice."));
        if (!report.IsCompared)
            said.Add(Text($"{report.Found} files are too many to look for pictures that are almost alike: only equal ones were left out."));
        foreach (ClassCount few in report.Classes.Where(one => one.Pictures < FewOfAClass))
            said.Add(Text($"class '{few.Name}' has only {Count(few.Pictures)}: it will hardly be learnt."));
        if (report.ProfilesIgnored > 0)
            said.Add(Text($"{Count(report.ProfilesIgnored)} with a colour profile of tables or inks, which is not followed: the colours are taken as sRGB. Save as sRGB what looks wrong."));
        if (report.Transparent > 0)
            said.Add(Text($"{Count(report.Transparent)} with transparent parts, laid on {Name(settings.Backdrop)} (--backdrop {Name(Other(settings.Backdrop))} for the other)."));
        return [.. said, .. notes];

        static string Count(int pictures) => Text($"{pictures} picture{(pictures == 1 ? "" : "s")}");
        static Backdrop Other(Backdrop backdrop) => backdrop == Backdrop.White ? Backdrop.Black : Backdrop.White;
        static string Name(Backdrop backdrop) => backdrop == Backdrop.White ? "white" : "black";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
