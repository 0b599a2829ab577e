using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation.Saving;

/// <summary>Traced graphs as JSON: a list of nodes in order, each with its operation, its settings and the numbers of its inputs.</summary>
[RequiresUnreferencedCode("Operations and their settings are found by name and built by reflection.")]
[RequiresDynamicCode("Operations and their settings are found by name and built by reflection.")]
internal static class GraphFile
{
    /// <summary>The graph; a tensor is [node, output].</summary>
    /// <param name="graph">The graph as it was traced.</param>
    /// <param name="variables">The variables, whose values stand elsewhere; new ones are added.</param>
    public static JsonObject Write(Graph graph, List<Variable> variables)
    {
        if (graph.Host.Count > 0)
        {
            throw new StrataException(
                "SavedFunction.Save: the function reads the host at each run (Compiled.Number, Host or OnHost, or a random stream), which a file cannot hold; give it what it reads as arguments.");
        }

        var places = new Dictionary<Tensor, JsonArray>();
        var code = new SettingsCode(body => WriteBody(body, variables), _ => throw new NotSupportedException());
        var nodes = new JsonArray();
        foreach (var node in graph.Nodes)
        {
            for (var k = 0; k < node.Outputs.Length; k++) places[node.Outputs[k]] = [nodes.Count, k];
            nodes.Add((JsonNode)(node.Operation switch
            {
                Argument argument => new JsonObject { ["argument"] = argument.Index, ["type"] = Type(argument.Type) },
                Constant constant => new JsonObject { ["constant"] = Elements(constant.Value), ["type"] = Type(constant.Type) },
                VariableRead read => new JsonObject { ["variable"] = Number(read.Variable) },
                CustomGradientMark mark => WithInputs(code.Write(mark with { Backward = null! }), node), // gradients are in the trace already
                _ => WithInputs(code.Write(node.Operation), node),
            }));
        }

        var writes = new JsonArray();
        foreach (var (variable, value) in graph.Writes) writes.Add((JsonNode)new JsonObject { ["variable"] = Number(variable), ["value"] = Place(value) });
        return new JsonObject { ["nodes"] = nodes, ["arguments"] = Places(graph.Arguments), ["results"] = Places(graph.Results), ["writes"] = writes };

        JsonNode Place(Tensor x) => places[x].DeepClone();

        JsonArray Places(IEnumerable<Tensor> tensors) => [.. tensors.Select(Place)];

        JsonObject WithInputs(JsonObject json, Node node)
        {
            json["inputs"] = Places(node.Inputs);
            if (node.Region != 0) json["region"] = node.Region;
            return json;
        }

        int Number(Variable variable)
        {
            if (!variables.Contains(variable)) variables.Add(variable);
            return variables.IndexOf(variable);
        }
    }

    /// <summary>The graph that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The file is not one.</exception>
    /// <exception cref="StrataException">An operation does not fit its inputs.</exception>
    public static Graph Read(JsonObject json, IReadOnlyList<Variable> variables) => Read(json, variables, out _);

    static Graph Read(JsonObject json, IReadOnlyList<Variable> variables, out Func<JsonNode?, Tensor> tensor)
    {
        var graph = new Graph();
        var code = new SettingsCode(_ => throw new NotSupportedException(), body => ReadBody(body.AsObject(), variables));
        foreach (var item in json["nodes"]!.AsArray())
        {
            var node = item!.AsObject();
            if (node["argument"] is { } index) Leaf(new Argument(Type(node["type"]!), index.GetValue<int>()));
            else if (node["constant"] is { } elements) Leaf(new Constant(Elements(elements.GetValue<string>(), Type(node["type"]!))));
            else if (node["variable"] is { } number) Leaf(new VariableRead(Variable(number)));
            else
            {
                var operation = code.ReadOperation(node);
                Tensor[] inputs = [.. node["inputs"]!.AsArray().Select(Tensor)];
                graph.Add(operation, inputs, operation.InferAll(inputs), graph.Nodes.Count, node["region"]?.GetValue<int>() ?? 0);
            }
        }

        graph.Arguments.AddRange(json["arguments"]!.AsArray().Select(Tensor));
        for (var i = 0; i < graph.Arguments.Count; i++)
            if (graph.Arguments[i].Node!.Operation is not Argument argument || argument.Index != i) throw new FormatException("the arguments are not in order");
        graph.Results.AddRange(json["results"]!.AsArray().Select(Tensor));
        foreach (var write in json["writes"]!.AsArray()) graph.Writes[Variable(write!["variable"]!)] = Tensor(write["value"]);
        tensor = Tensor;
        return graph;

        void Leaf(Leaf leaf) => graph.Add(leaf, [], [leaf.Type], graph.Nodes.Count, 0);

        Variable Variable(JsonNode number) => number.GetValue<int>() is var i && i >= 0 && i < variables.Count ? variables[i] : throw new FormatException($"there is no variable {i}");

        Tensor Tensor(JsonNode? place)
        {
            var (node, output) = (place![0]!.GetValue<int>(), place[1]!.GetValue<int>());
            return node >= 0 && node < graph.Nodes.Count && output >= 0 && output < graph.Nodes[node].Outputs.Length
                ? graph.Nodes[node].Outputs[output]
                : throw new FormatException($"a tensor is said to be output {output} of node {node}, which is not there yet");
        }
    }

    static JsonObject WriteBody(LoopBody body, List<Variable> variables)
    {
        // A plan may have put the results in; the body's own lists say them.
        var graph = body.Graph;
        var json = Write(graph, variables);
        var places = new Dictionary<Tensor, JsonArray>();
        for (var i = 0; i < graph.Nodes.Count; i++)
            for (var k = 0; k < graph.Nodes[i].Outputs.Length; k++) places[graph.Nodes[i].Outputs[k]] = [i, k];
        foreach (var (name, tensors) in new[] { ("items", body.Items), ("states", body.States), ("captures", body.Captures), ("next", body.Next), ("outputs", body.Outputs) })
            json[name] = new JsonArray([.. tensors.Select(x => places[x].DeepClone())]);
        json["recomputes"] = body.Recomputes;
        return json;
    }

    static LoopBody ReadBody(JsonObject json, IReadOnlyList<Variable> variables)
    {
        var graph = Read(json, variables, out var tensor);
        return new LoopBody
        {
            Graph = graph,
            Items = Tensors("items"),
            States = Tensors("states"),
            Captures = Tensors("captures"),
            Next = Tensors("next"),
            Outputs = Tensors("outputs"),
            Recomputes = json["recomputes"]!.GetValue<bool>(),
            Options = CompileOptions.Default,
        };

        Tensor[] Tensors(string name) => [.. json[name]!.AsArray().Select(tensor)];
    }

    /// <summary>A type as in <c>{"dtype": "Float32", "shape": [2, 3]}</c>.</summary>
    public static JsonObject Type(TensorType type) => new() { ["dtype"] = type.DType.ToString(), ["shape"] = new JsonArray([.. type.Shape.Span.ToArray().Select(size => JsonValue.Create(size))]) };

    /// <summary>The type that <see cref="Type(TensorType)"/> wrote.</summary>
    public static TensorType Type(JsonNode json) => new(
        Shape.Of([.. json["shape"]!.AsArray().Select(size => size!.GetValue<int>())]),
        Enum.TryParse<DType>(json["dtype"]!.GetValue<string>(), out var dtype) ? dtype : throw new FormatException($"{json["dtype"]} is not an element type"));

    /// <summary>The bytes of a tensor in base 64.</summary>
    public static unsafe string Elements(Tensor x)
    {
        var text = Convert.ToBase64String(new ReadOnlySpan<byte>(x.Pointer, checked((int)(x.Size * x.DType.Size()))));
        GC.KeepAlive(x);
        return text;
    }

    /// <summary>The tensor of bytes in base 64.</summary>
    public static unsafe Tensor Elements(string text, TensorType type)
    {
        var bytes = Convert.FromBase64String(text);
        if (bytes.Length != type.Shape.Size * type.DType.Size()) throw new FormatException($"{bytes.Length} bytes are given for a {type}");
        var x = Strata.Tensor.Allocate(type.Shape, type.DType);
        bytes.CopyTo(new Span<byte>(x.Pointer, bytes.Length));
        return x;
    }
}
