namespace Strata.Formats.Plots;

/// <summary>The colors of plots: eight hues that stay apart with any color vision (after Okabe and Ito, 2008, darkened or lightened to
/// stand out on a light and a dark page), and the style sheet that an SVG carries.</summary>
static class Palette
{
    /// <summary>How many colors there are before they repeat, with dashes.</summary>
    public const int Count = 8;

    /// <summary>The dashes of a line: none in the first round through the colors.</summary>
    public static string Dash(int style) => (style / Count % 4) switch { 0 => "none", 1 => "7 4", 2 => "2 4", _ => "9 4 2 4" };

    /// <summary>The class of a series' group, which sets <c>color</c>.</summary>
    public static string Class(int style) => "c" + style % Count;

    // Plain rules first, for renderers that know neither variables nor media queries.
    public const string Style = """
        .strata-plot{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:12px}
        .strata-plot .page{fill:#ffffff}
        .strata-plot text{fill:#333a44}
        .strata-plot .title{font-size:15px;font-weight:600;fill:#14181f}
        .strata-plot .label{font-size:12.5px;fill:#333a44}
        .strata-plot .tick{font-size:11.5px;fill:#5a6472}
        .strata-plot .note,.strata-plot .number{font-size:11px;fill:#4a5360}
        .strata-plot .inside{font-size:11px;fill:#ffffff}
        .strata-plot .grid{stroke:#e6e9ee;fill:none}
        .strata-plot .minor{stroke:#f2f4f7;fill:none}
        .strata-plot .axis{stroke:#8a94a3;fill:none}
        .strata-plot .line,.strata-plot .pale{fill:none;stroke:currentColor;stroke-width:2px;stroke-linecap:round;stroke-linejoin:round}
        .strata-plot .pale{stroke-width:1px;stroke-opacity:.28}
        .strata-plot .whisker{stroke:#333a44;stroke-width:1.3;fill:none}
        .strata-plot .reference{stroke:#5a6472;stroke-width:1.3;stroke-dasharray:5 4;fill:none}
        .strata-plot .edge{stroke:#ffffff;stroke-width:.8}
        .strata-plot .c0{color:#0072b2}.strata-plot .c1{color:#d55e00}.strata-plot .c2{color:#009e73}.strata-plot .c3{color:#b8528f}
        .strata-plot .c4{color:#dd9300}.strata-plot .c5{color:#3fa9e0}.strata-plot .c6{color:#5b6470}.strata-plot .c7{color:#7a5c1e}
        @media (prefers-color-scheme:dark){
        .strata-plot .page{fill:#171b21}
        .strata-plot text{fill:#c9d1db}
        .strata-plot .title{fill:#eef2f6}
        .strata-plot .label{fill:#c9d1db}
        .strata-plot .tick,.strata-plot .note,.strata-plot .number{fill:#a3adba}
        .strata-plot .inside{fill:#101418}
        .strata-plot .grid{stroke:#2c333c}
        .strata-plot .minor{stroke:#21272f}
        .strata-plot .axis{stroke:#6b7684}
        .strata-plot .whisker{stroke:#d8dee6}
        .strata-plot .reference{stroke:#a3adba}
        .strata-plot .edge{stroke:#171b21}
        .strata-plot .c0{color:#4ba6e8}.strata-plot .c1{color:#f5813a}.strata-plot .c2{color:#2fc496}.strata-plot .c3{color:#de86bb}
        .strata-plot .c4{color:#f0b23e}.strata-plot .c5{color:#86cdf5}.strata-plot .c6{color:#aab3bf}.strata-plot .c7{color:#c9a55c}
        }
        """;
}
