using System.Globalization;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Strata.Packaging.Tests;

public sealed partial class PackageTests(Packages packages) : IClassFixture<Packages>
{
    [Fact]
    public void There_are_four_packages_each_with_symbols() => Assert.Equal(
        ["Strata", "Strata.Cli", "Strata.Gallery", "Strata.Serving"],
        Directory.GetFiles(packages.Feed, "*.nupkg").Select(NameOf).Order().Where(n => File.Exists(Path.Combine(packages.Feed, Path.GetFileName(n) + ".0.1.0.snupkg"))));

    [Theory]
    [InlineData("Strata", "Strata, Strata.Data, Strata.Formats, Strata.Nn", "System.Numerics.Tensors")]
    [InlineData("Strata.Gallery", "Strata.Gallery, Strata.Games, Strata.Reinforcement", "Strata")]
    [InlineData("Strata.Serving", "Strata.Serving", "Strata")]
    public void A_library_package_holds_its_assemblies_with_documentation_and_symbols(string name, string assemblies, string needs)
    {
        using var package = Open(name, ".nupkg");
        using var symbols = Open(name, ".snupkg");
        var expected = assemblies.Split(", ");
        Assert.Equal(expected.SelectMany(a => (string[])[$"lib/net10.0/{a}.dll", $"lib/net10.0/{a}.xml"]).Order(), Entries(package, "lib/"));
        Assert.Equal(expected.Select(a => $"lib/net10.0/{a}.pdb").Order(), Entries(symbols, "lib/"));
        Assert.Equal([needs], Metadata(package).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value));
        RequireManaged(package);
    }

    [Fact]
    public void The_command_is_a_tool()
    {
        using var package = Open("Strata.Cli", ".nupkg");
        Assert.Contains("tools/net10.0/any/Strata.Cli.dll", Entries(package, "tools/"));
        Assert.Contains("DotnetTool", Metadata(package).Descendants().Where(e => e.Name.LocalName == "packageType").Select(e => e.Attribute("name")!.Value));
        RequireManaged(package);
    }

    [Fact]
    public void Each_package_tells_what_it_is()
    {
        foreach (var path in Directory.GetFiles(packages.Feed, "*.nupkg"))
        {
            using var package = ZipFile.OpenRead(path);
            Assert.Contains(package.Entries, e => e.FullName == "README.md" && e.Length > 300);
            var metadata = Metadata(package);
            string Of(string name) => metadata.Descendants().Single(e => e.Name.LocalName == name).Value;
            Assert.Equal("MIT", Of("license"));
            Assert.Equal("README.md", Of("readme"));
            Assert.True(Of("description").Length > 40, path);
        }
    }

    [Fact]
    public void The_framework_is_below_5_MB() => Assert.InRange(new FileInfo(Path.Combine(packages.Feed, "Strata.0.1.0.nupkg")).Length, 1, 5_000_000);

    // The words of a user: restored from the folder alone, trained, published trimmed and in one file with dynamic code off, run.
    [Fact]
    public void A_fresh_project_trains_and_is_published_as_one_small_file()
    {
        var project = Path.Combine(packages.Folder, "app");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "app.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <SelfContained>true</SelfContained>
                <PublishTrimmed>true</PublishTrimmed>
                <PublishSingleFile>true</PublishSingleFile>
                <DynamicCodeSupport>false</DynamicCodeSupport>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Strata" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using Strata;
            using Strata.Data;
            using Strata.Nn;

            var digits = GlyphDigits.Load(train: 1000, test: 200);
            var model = new Sequential(new Conv2D(6, 5, activation: Activation.Relu), new MaxPooling2D(2), new Flatten(), new Dense(10, Activation.Softmax)) { Seed = 1 };
            model.Compile(new Adam(0.01), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
            model.Fit(digits.Train.Shuffle(seed: 1).Batch(32).Prefetch(2), epochs: 3, verbose: false);
            model.Save("model.strata");
            var accuracy = Model.Load("model.strata").Evaluate(digits.Test.Batch(100))["acc"];
            Console.WriteLine($"dynamic code {System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported}, accuracy {accuracy:0.00}");
            """);
        packages.Run(project, "publish", "-r", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "-o", "out");
        var assets = File.ReadAllText(Path.Combine(project, "obj", "project.assets.json"));
        Assert.True(Directory.Exists(Path.Combine(packages.Folder, "installed", "strata", "0.1.0")), assets);

        var binary = Directory.GetFiles(Path.Combine(project, "out")).Single(f => Path.GetFileNameWithoutExtension(f) == "app" && Path.GetExtension(f) is "" or ".exe");
        var output = packages.Start(binary, project);
        Assert.Matches(@"^dynamic code False, accuracy (0\.[5-9]|1)", output);

        var told = double.Parse(ToldSize().Match(Packages.Readme).Groups[1].Value, CultureInfo.InvariantCulture);
        var size = new FileInfo(binary).Length / 1e6;
        Assert.True(size <= 1.1 * told && size >= 0.9 * told, $"The README says that the binary has {told} MB; it has {size:0.0}.");
    }

    [Fact]
    public void The_tool_is_installed_and_runs()
    {
        var tools = Path.Combine(packages.Folder, "tools");
        packages.Run(packages.Folder, "tool", "install", "Strata.Cli", "--version", "0.1.0", "--tool-path", tools);
        Assert.Contains("lenet5", packages.Start(Path.Combine(tools, OperatingSystem.IsWindows() ? "strata.exe" : "strata"), packages.Folder, "list"));
    }

    ZipArchive Open(string name, string ending) => ZipFile.OpenRead(Path.Combine(packages.Feed, $"{name}.0.1.0{ending}"));

    static string NameOf(string path) => Path.GetFileName(path)[..^".0.1.0.nupkg".Length];

    static IEnumerable<string> Entries(ZipArchive package, string folder) => package.Entries.Select(e => e.FullName).Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order();

    static XDocument Metadata(ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    static void RequireManaged(ZipArchive package)
    {
        foreach (var entry in package.Entries)
        {
            Assert.DoesNotContain("runtimes/", entry.FullName);
            Assert.DoesNotMatch(@"\.(so|dylib|a|lib)$", entry.FullName);
            if (!entry.FullName.EndsWith(".dll", StringComparison.Ordinal)) continue;
            var bytes = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(bytes);
            bytes.Position = 0;
            using var file = new PEReader(bytes);
            Assert.True(file.HasMetadata && file.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.ILOnly), entry.FullName);
        }
    }

    [GeneratedRegex(@"one self-contained file of (\d+(?:\.\d+)?) MB")]
    private static partial Regex ToldSize();
}
