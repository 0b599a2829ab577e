using System.Text.Json;

namespace Strata;

/// <summary>Settings of the engine that can be given from outside of a program. Each is taken from where it is found first: what the program
/// assigned, the environment variable <c>STRATA_NAME</c>, the file that <c>STRATA_CONFIG</c> names (<c>strata.json</c> in the current folder,
/// if it names none), the default.</summary>
/// <remarks>The file is one JSON object: <c>{ "threads": 2, "level": 2, "eager": false, "nan_guard": true, "debug": false, "float": "float64" }</c>. The number of
/// threads is <see cref="Threading.Workers.Threads"/>, and running eagerly <see cref="Compiled.Eager"/>; they take their first values from here.</remarks>
public static class Configuration
{
    static readonly Lazy<Dictionary<string, string>> file = new(() => Read(Environment.GetEnvironmentVariable("STRATA_CONFIG")));
    static int? level;
    static bool? nanGuard;
    static bool? debug;
    static DType? floatType;

    /// <summary>The type of floating-point numbers that are given none: of created and drawn tensors, of weights, and of what becomes of integers where a
    /// result has fractions (<c>STRATA_FLOAT</c>: float32, the default, or float64). Set it before the first tensor and layer are made: what exists keeps
    /// its type, and where both types meet, float64 wins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither <see cref="DType.Float32"/> nor <see cref="DType.Float64"/>.</exception>
    public static DType FloatType
    {
        get => floatType ??= Given("float") switch
        {
            null or "float32" => DType.Float32,
            "float64" => DType.Float64,
            var text => throw new StrataException($"STRATA_FLOAT: '{text}' is neither float32 nor float64."),
        };
        set => floatType = value.IsFloating()
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Configuration.FloatType: the type must be float32 or float64.");
    }

    /// <summary>The <see cref="CompileOptions.Level"/> of <see cref="CompileOptions.Default"/>, 0 … 3 (<c>STRATA_LEVEL</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 0 … 3.</exception>
    public static int Level
    {
        get => level ??= Number("level", 0, 3, 3);
        set => level = value is >= 0 and <= 3 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Configuration.Level: the level must be in 0 … 3.");
    }

    /// <summary>The <see cref="CompileOptions.NanGuard"/> of <see cref="CompileOptions.Default"/> (<c>STRATA_NAN_GUARD</c>: 1 or true).</summary>
    public static bool NanGuard
    {
        get => nanGuard ??= Flag("nan_guard");
        set => nanGuard = value;
    }

    /// <summary>The <see cref="CompileOptions.Debug"/> of <see cref="CompileOptions.Default"/> (<c>STRATA_DEBUG</c>: 1 or true).</summary>
    public static bool Debug
    {
        get => debug ??= Flag("debug");
        set => debug = value;
    }

    /// <summary>What was given from outside for a setting; null: nothing.</summary>
    internal static string? Given(string name) => Given(name, file.Value);

    /// <summary>What was given from outside, with the settings of a file.</summary>
    internal static string? Given(string name, Dictionary<string, string> settings) =>
        Environment.GetEnvironmentVariable("STRATA_" + name.ToUpperInvariant()) is { Length: > 0 } text ? text : settings.GetValueOrDefault(name);

    /// <summary>Whether a setting is 1 or true.</summary>
    internal static bool Flag(string name) => Given(name) is { } text && text switch
    {
        "1" or "true" or "True" => true,
        "0" or "false" or "False" => false,
        _ => throw new StrataException($"STRATA_{name.ToUpperInvariant()}: '{text}' is neither 1 (true) nor 0 (false)."),
    };

    /// <summary>The settings in a file; none if the default file does not exist.</summary>
    /// <exception cref="StrataException">The file that was named does not exist, or is no JSON object of numbers, truth values and texts.</exception>
    internal static Dictionary<string, string> Read(string? path)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (path is null && !File.Exists("strata.json")) return settings;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path ?? "strata.json"));
            foreach (var property in json.RootElement.EnumerateObject())
                settings[property.Name] = property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String
                    ? property.Value.ToString()
                    : throw new JsonException($"'{property.Name}' is neither a number, a truth value nor a text");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new StrataException($"Configuration: the file '{path ?? "strata.json"}' cannot be read as settings: {e.Message}", e);
        }

        return settings;
    }

    static int Number(string name, int low, int high, int otherwise) => Given(name) is not { } text
        ? otherwise
        : int.TryParse(text, out var number) && number >= low && number <= high
            ? number
            : throw new StrataException($"STRATA_{name.ToUpperInvariant()}: '{text}' is not a whole number in {low} … {high}.");
}
