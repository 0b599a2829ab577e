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

    // A name is a class (XTests), a method (Some_sentence, in the class before it if there is one), or part of one (…_at_the_end).
    [Fact]
    public void Every_test_that_the_table_of_rows_names_exists()
    {
        var methods = new Dictionary<string, HashSet<string>>();
        foreach (var file in Directory.GetFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            var source = File.ReadAllText(file);
            var own = Methods().Matches(source).Select(m => m.Groups[1].Value).ToArray();
            foreach (Match type in Classes().Matches(source))
            {
                methods.TryAdd(type.Groups[1].Value, []);
                methods[type.Groups[1].Value].UnionWith(own);
            }
        }

        var all = methods.Values.SelectMany(m => m).ToHashSet();
        var missing = Quoted().Matches(File.ReadAllText(Path.Combine(root, "docs", "framework.md"))).Select(m => m.Groups[1].Value).Where(name => !Exists(name)).Distinct();
        Assert.Equal([], missing);

        bool Exists(string name)
        {
            if (name.StartsWith("Strata.", StringComparison.Ordinal)) return Directory.Exists(Path.Combine(root, "tests", name)) || Directory.Exists(Path.Combine(root, "src", name));
            var (type, method) = name.Split('.') is [var first, var second] ? (first, second) : (null, name);
            if (name.EndsWith("Tests", StringComparison.Ordinal) && type is null) return methods.ContainsKey(name);
            var isTest = type?.EndsWith("Tests", StringComparison.Ordinal) == true || (method.Contains('_') && (char.IsUpper(method[0]) || method[0] == '…'));
            if (!isTest) return true; // what the row is about
            var pattern = $"^{Regex.Escape(method).Replace("…", ".*")}$";
            return (type is null ? all : methods.GetValueOrDefault(type, [])).Any(m => Regex.IsMatch(m, pattern));
        }
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

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Classes();

    [GeneratedRegex(@"public (?:async )?[\w<>\[\]]+ (\w+)\(")]
    private static partial Regex Methods();

    [GeneratedRegex("`([\\w.…]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
