using AInimEngine.Core.Files;

namespace AInimEngine.Core.Tests.Files;

public sealed class SmallFileTests
{
    [Fact]
    public void A_folder_is_refused_as_one()
    {
        IOException error = Assert.Throws<IOException>(() => SmallFile.Read(AppContext.BaseDirectory, 1000));
        Assert.Equal("it is a folder, not a file", error.Message);
    }
}
