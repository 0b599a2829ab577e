using System.Security.Cryptography;
using System.Text;

namespace Strata.Cli.Dashboard;

/// <summary>The page: one document with its style and its script inside, put together once.</summary>
internal static class DashboardPage
{
    static readonly string style = Resource("dashboard.css");
    static readonly string script = Resource("chart.js") + Resource("dashboard.js");

    /// <summary>The document in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Content { get; } = Encoding.UTF8.GetBytes(
        Resource("dashboard.html").Replace("/*style*/", style, StringComparison.Ordinal).Replace("/*script*/", script, StringComparison.Ordinal));

    /// <summary>What the browser may do on behalf of the page: run this script, and ask this server alone.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    static string Resource(string name)
    {
        using var stream = typeof(DashboardPage).Assembly.GetManifestResourceStream($"dashboard/{name}")
            ?? throw new InvalidOperationException($"DashboardPage: the resource '{name}' is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
