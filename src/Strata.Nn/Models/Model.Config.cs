using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Nn;

public partial class Model
{
    const string VersionKey = "format_version";
    const int DescriptionVersion = 1;
    static readonly JsonSerializerOptions readable = new() { WriteIndented = true };

    /// <summary>The layers with their arguments and how they are connected, without weights, as JSON in the form of Keras.</summary>
    /// <exception cref="ConfigException">A layer has no description: a class or function that <see cref="CustomObjects"/> does not know, or a model
    /// that is neither a <see cref="Sequential"/> nor a graph of layers.</exception>
    public string ToJson()
    {
        var description = Config.Describe(this);
        description[VersionKey] = DescriptionVersion;
        return description.ToJsonString(readable);
    }

    /// <summary>A model made from what <see cref="ToJson"/> wrote, with fresh weights.</summary>
    /// <exception cref="ConfigException">The text is not well-formed or of a later version, or a class is unknown.</exception>
    public static Model FromJson(string json)
    {
        var description = Config.Parse(json);
        if (description[VersionKey] is { } version && (version.GetValueKind() != JsonValueKind.Number || version.GetValue<double>() > DescriptionVersion))
            throw new ConfigException($"Model: the description has the format version {version.ToJsonString()}, but this program reads up to {DescriptionVersion}.");
        return Allowance.Within(json.Length, null, () => CustomObjects.Make<Model>(description));
    }

    /// <summary>A model of the same layers with fresh weights.</summary>
    /// <param name="seed">The seed of its random numbers; by default the next of <see cref="RandomSeed"/>.</param>
    /// <exception cref="ConfigException">A layer has no description.</exception>
    public Model Clone(long? seed = null)
    {
        var clone = CustomObjects.Make<Model>(Config.Describe(this));
        if (seed is { } s) clone.random = new Random.RandomStream(s);
        if (BuiltFor is { } inputs) clone.BuildFor(inputs);
        return clone;
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        if (graph is null)
        {
            if (!CustomObjects.Knows(GetType().Name))
                throw new ConfigException($"Model: '{Name}' is a {GetType().Name}, whose code is its description; save its weights with SaveWeights, or register it with CustomObjects.");
            return;
        }

        var layers = new JsonArray();
        for (var i = 0; i < Layers.Count; i++)
        {
            var described = Config.Describe(Layers[i], ChildNames[i]);
            var calls = new JsonArray();
            foreach (var call in graph.Calls.Where(c => c.Layer == Layers[i])) calls.Add((JsonNode)Places(call.Inputs));
            described["inbound_nodes"] = calls;
            layers.Add((JsonNode)described);
        }

        (config["layers"], config["input_layers"], config["output_layers"]) = (layers, Places(graph.Inputs), Places(graph.Outputs));
    }

    // As in ["dense_1", 0, 0]: the layer, which of its applications, which of the outputs of that.
    JsonArray Places(SymbolicTensor[] tensors)
    {
        var places = new JsonArray();
        foreach (var tensor in tensors)
        {
            var layer = Layers.ToList().IndexOf(tensor.Source.Layer);
            if (layer < 0 || (!graph!.Calls.Contains(tensor.Source) && tensor.Source.Layer is not Input))
                throw new ConfigException($"Model: '{Name}' begins inside the graph of another model, which a description cannot tell; begin it with an Input.");
            var call = graph.Calls.Where(c => c.Layer == tensor.Source.Layer).TakeWhile(c => c != tensor.Source).Count();
            places.Add((JsonNode)new JsonArray(ChildNames[layer], call, tensor.Index));
        }

        return places;
    }

    JsonObject WriteTraining() => new()
    {
        ["optimizer"] = Config.Of(Optimizer),
        ["losses"] = new JsonArray([.. Objective.Losses.Select(Config.Of)]),
        ["loss_weights"] = Config.Of(Objective.LossWeights),
        ["metrics"] = Lists(Objective.Metrics),
        ["weighted_metrics"] = Lists(Objective.WeightedMetrics),
    };

    void ReadTraining(Config config)
    {
        Loss?[] losses = [.. config.Array("losses").Select(l => l is null ? null : CustomObjects.Make<Loss>(l))];
        Compile(config.Required<Optimizer>("optimizer"), losses, config.Doubles("loss_weights"), Lists("metrics"), Lists("weighted_metrics"));

        Metric[][] Lists(string name) =>
            [.. config.Array(name).Select(list => (Metric[])[.. (list as JsonArray ?? throw config.Wrong(name, "lists of metrics")).Select(m => CustomObjects.Make<Metric>(m ?? throw config.Wrong(name, "lists of metrics")))])];
    }

    static JsonArray Lists(Metric[][] metrics) => new([.. metrics.Select(list => (JsonNode)new JsonArray([.. list.Select(Config.Of)]))]);

    internal static Model FromConfig(Config config)
    {
        var tensors = new Dictionary<(string Layer, int Call), SymbolicTensor[]>();
        var ready = new Queue<(string Name, int Call, Layer Layer, JsonArray Inputs)>();
        var waiting = new Dictionary<(string Layer, int Call), List<(string Name, int Call, Layer Layer, JsonArray Inputs)>>(); // by what they wait for first
        foreach (var described in config.Objects("layers"))
        {
            var layer = CustomObjects.Make<Layer>(described);
            var name = (described["config"] as JsonObject)?["name"]?.ToString() ?? "";
            if (layer is Input input) tensors[(name, 0)] = [input];
            else if (described["inbound_nodes"] is JsonArray calls)
                for (var i = 0; i < calls.Count; i++)
                    ready.Enqueue((name, i, layer, calls[i] as JsonArray ?? throw config.Wrong("layers", "layers with inbound_nodes")));
        }

        while (ready.TryDequeue(out var call))
        {
            if (call.Inputs.Select(Source).FirstOrDefault(s => s is { } source && !tensors.ContainsKey(source)) is { } missing)
            {
                if (!waiting.TryGetValue(missing, out var queue)) waiting[missing] = queue = [];
                queue.Add(call);
                continue;
            }

            tensors[(call.Name, call.Call)] = call.Layer.ApplyAll([.. call.Inputs.Select(place => Find(place) ?? throw Unknown(call.Name))]);
            if (!waiting.Remove((call.Name, call.Call), out var next)) continue;
            foreach (var one in next) ready.Enqueue(one);
        }

        if (waiting.Count > 0) throw Unknown(waiting.First().Value[0].Name);
        return new Model(Those("input_layers"), Those("output_layers"));

        SymbolicTensor[] Those(string argument) => [.. config.Array(argument).Select(place => Find(place) ?? throw config.Wrong(argument, "places of tensors"))];

        SymbolicTensor? Find(JsonNode? place) =>
            Source(place) is { } source && ((JsonArray)place!)[2] is JsonValue t && t.TryGetValue<int>(out var index)
            && tensors.TryGetValue(source, out var outputs) && index >= 0 && index < outputs.Length ? outputs[index] : null;

        static (string Layer, int Call)? Source(JsonNode? place) =>
            place is JsonArray { Count: 3 } p && p[0] is JsonValue l && p[1] is JsonValue c && l.TryGetValue<string>(out var layer) && c.TryGetValue<int>(out var call) ? (layer, call) : null;

        static ConfigException Unknown(string name) => new($"Model: the inputs of '{name}' are not among the layers.");
    }
}
