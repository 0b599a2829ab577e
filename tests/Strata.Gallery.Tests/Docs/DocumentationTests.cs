using System.Text.RegularExpressions;

namespace Strata.Gallery.Tests.Docs;

/// <summary>What the documentation shows compiles and runs, because it stands in this folder too.</summary>
public sealed partial class DocumentationTests
{
    static readonly string root = Root();

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")).Select(p => Path.GetRelativePath(root, p))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_stands_in_the_tests(string page)
    {
        var folder = Path.Combine(root, "tests", "Strata.Gallery.Tests", "Docs");
        var sources = string.Concat(Directory.GetFiles(folder, "*Examples.cs").Select(f => Squeezed(File.ReadAllText(f))));
        foreach (Match block in Blocks().Matches(File.ReadAllText(Path.Combine(root, page))))
            Assert.Contains(Squeezed(block.Groups[1].Value), sources);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var text = File.ReadAllText(Path.Combine(root, page));
        foreach (Match link in Links().Matches(text))
            if (!link.Groups[1].Value.Contains("://"))
                Assert.True(Path.Exists(Path.Combine(root, Path.GetDirectoryName(page)!, link.Groups[1].Value)), $"{page}: {link.Groups[1].Value}");
    }

    [Fact]
    public void The_map_of_the_house_names_every_project()
    {
        var readme = File.ReadAllText(Path.Combine(root, "README.md"));
        foreach (var project in Directory.GetDirectories(Path.Combine(root, "src"))) Assert.Contains($"`src/{Path.GetFileName(project)}`", readme);
    }

    // Indentation and line breaks are the page's own.
    static string Squeezed(string code) => Spaces().Replace(code, "");

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Strata.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
