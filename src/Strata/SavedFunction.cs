using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Compilation;
using Strata.Compilation.Planning;
using Strata.Compilation.Saving;

namespace Strata;

/// <summary>A compiled function as a file: what was traced, with its constants and the variables it reads and assigns; compiled again where it is loaded.</summary>
/// <remarks>Such a file is a program: it cannot call anything but the engine's operations, but kernels trust the settings that it gives them, so run only files
/// whose maker you trust. Files of weights and ONNX files need no such trust.</remarks>
public sealed class SavedFunction
{
    const string Format = "strata-function";
    const int Version = 1;

    readonly Lazy<ExecutionPlan> plan;

    SavedFunction(Graph graph, IReadOnlyList<Variable> variables)
    {
        Variables = variables;
        Arguments = [.. graph.Arguments.Select(x => x.Type)];
        Results = [.. graph.Results.Select(x => x.Type)];
        plan = new(() => Compiler.Compile(graph, CompileOptions.Default));
    }

    /// <summary>The variables that the function reads and assigns, with the values they had when it was saved.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>The types of the arguments, those of the signature that was saved.</summary>
    public IReadOnlyList<TensorType> Arguments { get; }

    /// <summary>The types of the results.</summary>
    public IReadOnlyList<TensorType> Results { get; }

    /// <summary>Writes what a compiled function ran last when it was traced, with its variables as they are, to a JSON file, which is replaced at once.</summary>
    /// <param name="function">What <see cref="Compiled.Function{TResult}"/> or its kind gave.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="StrataException">The function was not called yet, or does something that a file cannot hold: reading the host, drawing from a random stream.</exception>
    [RequiresUnreferencedCode("Operations and their settings are found by name and built by reflection.")]
    [RequiresDynamicCode("Operations and their settings are found by name and built by reflection.")]
    public static void Save(Delegate function, string path)
    {
        if (Compiled.Of(function).Latest is not { } latest)
            throw new StrataException("SavedFunction.Save: the function was not called yet; call it with arguments of the wanted types first.");
        var variables = new List<Variable>();
        var graph = GraphFile.Write(latest.Traced, variables);
        var json = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version,
            ["variables"] = new JsonArray([.. variables.Select(v => new JsonObject
            {
                ["name"] = v.Name,
                ["type"] = GraphFile.Type(new TensorType(v.Shape, v.DType)),
                ["value"] = GraphFile.Elements(v.Value),
            })]),
            ["graph"] = graph,
        };
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, json.ToJsonString());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="StrataException">The file is not one, is damaged, or is of a newer version.</exception>
    [RequiresUnreferencedCode("Operations and their settings are found by name and built by reflection.")]
    [RequiresDynamicCode("Operations and their settings are found by name and built by reflection.")]
    public static SavedFunction Load(string path)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            if (json["format"]?.GetValue<string>() != Format) throw new FormatException($"it does not say \"format\": \"{Format}\"");
            if (json["version"]!.GetValue<int>() is var version && version > Version) throw new FormatException($"it is of version {version}, and this library reads up to {Version}");
            Variable[] variables = [.. json["variables"]!.AsArray().Select(v =>
                new Variable(GraphFile.Elements(v!["value"]!.GetValue<string>(), GraphFile.Type(v["type"]!)), v["name"]!.GetValue<string>()))];
            return new SavedFunction(GraphFile.Read(json["graph"]!.AsObject(), variables), variables);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // Settings that no operation would be given can make its rules for shapes fail in any way.
            throw new StrataException($"{path} is not a saved function: {(e is NullReferenceException ? "a part is missing" : e.Message.TrimEnd('.'))}.", e);
        }
    }

    /// <summary>Runs the function.</summary>
    /// <param name="arguments">Tensors of the types of <see cref="Arguments"/>.</param>
    /// <returns>The results; the variables have their new values.</returns>
    /// <exception cref="ShapeException">An argument is of another type.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> arguments)
    {
        if (arguments.Length != Arguments.Count) throw new ShapeException($"SavedFunction: {arguments.Length} arguments are given; the function takes {Arguments.Count}.");
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i].Type != Arguments[i]) throw new ShapeException($"SavedFunction: argument {i} is a {arguments[i].Type}; the function was saved for a {Arguments[i]}.");
        return plan.Value.Run(arguments);
    }
}
