using System.Text.Json.Nodes;
using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

public partial class Model
{
    // In a checkpoint, what is no weight has a name that begins with @, which no layer's path does.
    const string OptimizerPart = "@optimizer", RandomPart = "@random", NotesPart = "@notes", OrderPart = "@order", ModelPart = "@model";

    /// <summary>Saves the weights in the safetensors format, under the names of their layers: <c>dense_1/kernel</c>. The file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="notes">Texts to keep beside the weights, by name; <see cref="ReadNotes"/> gives them back.</param>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void SaveWeights(string path, IReadOnlyDictionary<string, string>? notes = null)
    {
        RequireWeights();
        var state = new State();
        PutWeights(state);
        foreach (var (name, text) in notes ?? new Dictionary<string, string>()) state.At(NotesPart).Put(name, text);
        TensorFile.Write(path, state);
    }

    /// <summary>The texts that <see cref="SaveWeights"/> kept beside the weights.</summary>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadNotes(string path)
    {
        using var scope = new TensorScope();
        const string prefix = NotesPart + "/";
        return TensorFile.Read(path).Values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(v => v.Key[prefix.Length..], v => v.Value);
    }

    /// <summary>Whether a file holds a whole model, which <see cref="Load(string)"/> gives back.</summary>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public static bool IsWhole(string path)
    {
        using var scope = new TensorScope();
        return TensorFile.Read(path).Has(ModelPart);
    }

    /// <summary>The weights of a file by name: of one that this library wrote in the order of its model, of another tool's in that of the file.</summary>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public static IReadOnlyDictionary<string, Tensor> ReadWeights(string path)
    {
        var state = TensorFile.Read(path);
        var weights = new Dictionary<string, Tensor>();
        foreach (var name in WeightNames(state)) weights.TryAdd(name, state.Tensors[name]);
        return weights;
    }

    /// <summary>Writes weights without their model, in a file that <see cref="LoadWeights"/> takes.</summary>
    internal static void WriteWeights(string path, IReadOnlyDictionary<string, Tensor> weights)
    {
        if (weights.Keys.FirstOrDefault(n => n.StartsWith('@') || n.Contains('\n')) is { } name)
            throw new CheckpointException($"Checkpoint: a weight cannot be called '{name.ReplaceLineEndings(" ")}'.");
        var state = new State();
        foreach (var (key, tensor) in weights) state.Put(key, tensor);
        state.Put(OrderPart, string.Join('\n', weights.Keys));
        TensorFile.Write(path, state);
    }

    /// <summary>Loads weights that <see cref="SaveWeights"/>, <see cref="Save(string)"/> or a checkpoint holds; the model must be built.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matching">How weights find their places. By default each must have one.</param>
    /// <param name="skipMismatch">Whether to leave out a weight whose shape or type differs, where weights are matched by name or by order.</param>
    /// <returns>What became of the weights.</returns>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another model, or nothing in it fits; nothing was loaded.</exception>
    public WeightReport LoadWeights(string path, WeightMatching matching = WeightMatching.Exact, bool skipMismatch = false)
    {
        RequireWeights();
        using var scope = new TensorScope();
        var state = TensorFile.Read(path);
        var own = Paths(this, "", []).ToList();
        if (matching == WeightMatching.Exact)
        {
            CheckWeights(state);
            TakeWeights(state);
            return new([.. own.Select(w => w.Path)], [], [], []);
        }

        var theirs = WeightNames(state);
        var pairs = matching == WeightMatching.ByName
            ? own.Where(w => state.Tensors.ContainsKey(w.Path)).Select(w => (w.Path, w.Variable, Source: w.Path)).ToList()
            : own.Zip(theirs, (w, source) => (w.Path, w.Variable, Source: source)).ToList();
        if (matching == WeightMatching.ByOrder && own.Count != theirs.Count && !skipMismatch)
            throw new CheckpointException($"Checkpoint: '{path}' has {theirs.Count} weights, but the model has {own.Count}.");
        var wrong = pairs.Where(p => state.Tensors[p.Source].Type != new TensorType(p.Variable.Shape, p.Variable.DType)).ToList();
        if (wrong is [var first, ..] && !skipMismatch)
            throw new CheckpointException($"Checkpoint: the weight '{first.Source}' is {state.Tensors[first.Source].Type}, but the model's '{first.Path}' is {new TensorType(first.Variable.Shape, first.Variable.DType)}.");
        if (pairs.Count == wrong.Count)
            throw new CheckpointException($"Checkpoint: nothing in '{path}' fits '{Name}': it has {string.Join(", ", theirs.Take(5).Select(n => $"'{n}'"))}{(theirs.Count > 5 ? ", …" : "")}, the model {string.Join(", ", own.Take(5).Select(w => $"'{w.Path}'"))}{(own.Count > 5 ? ", …" : "")}.");
        foreach (var (_, variable, source) in pairs.Except(wrong)) variable.Assign(state.Tensor(source));
        var (taken, filled) = (pairs.Select(p => p.Source).ToHashSet(), pairs.Select(p => p.Path).ToHashSet());
        return new(
            [.. pairs.Except(wrong).Select(p => p.Path)], [.. own.Select(w => w.Path).Where(n => !filled.Contains(n))],
            [.. theirs.Where(n => !taken.Contains(n))], [.. wrong.Select(p => p.Path)]) { Sources = [.. pairs.Except(wrong).Select(p => p.Source)] };
    }

    /// <summary>Saves the whole model in one file: its layers, weights and random stream and, if it is compiled, the optimizer with its state, losses
    /// and metrics. Training goes on from it to the bit. The file is replaced as a whole or not at all.</summary>
    /// <exception cref="ConfigException">Something has no description: see <see cref="ToJson"/>.</exception>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void Save(string path)
    {
        RequireWeights();
        var description = Config.Describe(this);
        description["inputs"] = new JsonArray([.. BuiltFor!.Select(i => (JsonNode)new JsonObject { ["shape"] = Config.Of(i.Shape.Span), ["dtype"] = i.DType.Name() })]);
        if (objective is not null) description["training"] = WriteTraining();
        var state = new State();
        state.Put(ModelPart, description.ToJsonString());
        if (optimizer is not null) Save(state);
        else
        {
            PutWeights(state);
            PutRandom(state);
        }

        TensorFile.Write(path, state);
    }

    /// <summary>The model that <see cref="Save(string)"/> wrote.</summary>
    /// <remarks>A file cannot ask for a model that it does not account for: weights are compared with those that are there before memory is taken for them, shapes
    /// between layers are found without tensors, and what else is made takes at most 128 bytes for each of the file's, or 256 MiB where layers are shared within
    /// shared layers. Layers of your own classes are not bound by this.</remarks>
    /// <exception cref="CheckpointException">The file is missing or damaged or holds no model.</exception>
    /// <exception cref="ConfigException">The model has a class or function that is not registered in <see cref="CustomObjects"/>.</exception>
    public static Model Load(string path)
    {
        using var scope = new TensorScope();
        var state = TensorFile.Read(path);
        if (!state.Has(ModelPart)) throw new CheckpointException($"Checkpoint: '{path}' holds weights but no model; make the model and call LoadWeights.");
        var text = state.Text(ModelPart);
        var description = Config.Parse(text);
        var weights = state.Tensors.Where(t => !t.Key.StartsWith('@')).Sum(t => t.Value.Size * t.Value.DType.Size());
        var model = Allowance.Within(text.Length, weights, () =>
        {
            var made = CustomObjects.Make<Model>(description);
            made.BuildFor([.. new Config(nameof(Model), description).Objects("inputs").Select(i => new Config("input", i)).Select(c => new TensorType(Shape.Of(c.Ints("shape")), c.DType("dtype")))]);
            return made;
        });
        model.CheckWeights(state);
        model.TakeWeights(state);
        if (description["training"] is JsonObject training)
        {
            model.ReadTraining(new Config("training", training));
            model.Optimizer.Load(state.At(OptimizerPart), model.LearnedWeights());
        }

        model.Random.State = RandomOf(state);
        return model;
    }

    /// <summary>Writes all that training needs to go on, but for its place in the data.</summary>
    internal void Save(State state)
    {
        PutWeights(state);
        Optimizer.Save(state.At(OptimizerPart), LearnedWeights());
        PutRandom(state);
    }

    void PutRandom(State state)
    {
        state.At(RandomPart).Put("key", unchecked((long)Random.State.Key));
        state.At(RandomPart).Put("draw", unchecked((long)Random.State.Draw));
    }

    static RandomKey RandomOf(State state) =>
        new(unchecked((ulong)state.At(RandomPart).Integer("key")), unchecked((ulong)state.At(RandomPart).Integer("draw")));

    /// <summary>Reads what <see cref="Save(State)"/> wrote: all of it, or on a mistake nothing.</summary>
    /// <param name="state">What was saved.</param>
    /// <param name="example">A batch, for the shapes.</param>
    /// <returns>Outputs of the right shapes.</returns>
    internal Tensor[] Load(State state, Batch example)
    {
        BuildOn(example.Inputs);
        CheckWeights(state);
        Optimizer.CheckState(state.At(OptimizerPart), LearnedWeights());
        var random = RandomOf(state);
        TakeWeights(state);
        Optimizer.Load(state.At(OptimizerPart), LearnedWeights());
        Random.State = random;
        using var scope = new TensorScope();
        return Apply(example.Inputs, new CallContext(training: false, Random));
    }

    // Frozen weights, too: whether a weight has states must not depend on a switch.
    Variable[] LearnedWeights() => [.. AllWeights().Where(w => w.Learned).Select(w => w.Variable)];

    void PutWeights(State state)
    {
        var paths = Paths(this, "", []).ToList();
        foreach (var (path, variable) in paths) state.Put(path, variable.Borrow());
        state.Put(OrderPart, string.Join('\n', paths.Select(p => p.Path))); // a file lists its tensors by name
    }

    // Those of a file of ours in the order of its model, of another tool's in that of the file.
    static List<string> WeightNames(State state) => state.Has(OrderPart)
        ? [.. state.Text(OrderPart).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(state.Tensors.ContainsKey)]
        : [.. state.Tensors.Keys.Where(n => !n.StartsWith('@'))];

    void TakeWeights(State state)
    {
        foreach (var (path, variable) in Paths(this, "", [])) variable.Assign(state.Tensor(path));
    }

    void CheckWeights(State state)
    {
        var own = Paths(this, "", []).ToList();
        var names = own.Select(w => w.Path).ToHashSet();
        var missing = own.Where(w => !state.Tensors.ContainsKey(w.Path)).Select(w => w.Path).ToList();
        var left = state.Tensors.Keys.Where(name => !name.StartsWith('@') && !names.Contains(name)).ToList();
        var wrong = own.Where(w => state.Tensors.TryGetValue(w.Path, out var tensor) && (tensor.Shape != w.Variable.Shape || tensor.DType != w.Variable.DType)).ToList();
        if (missing.Count + left.Count + wrong.Count == 0) return;
        var faults = new List<string>();
        if (missing.Count > 0) faults.Add($"{NameList.Count(missing.Count, "weight")} of the model {(missing.Count == 1 ? "is" : "are")} missing ({NameList.Of(missing)})");
        if (left.Count > 0) faults.Add($"{NameList.Count(left.Count, "weight")} of the file {(left.Count == 1 ? "has" : "have")} no place in the model ({NameList.Of(left)})");
        if (wrong.Count > 0)
        {
            var types = wrong.Select(w => $"'{w.Path}' is {state.Tensors[w.Path].Type}, but the model's is {new TensorType(w.Variable.Shape, w.Variable.DType)}").ToList();
            faults.Add($"{NameList.Count(wrong.Count, "weight")} {(wrong.Count == 1 ? "has" : "have")} another type ({NameList.Cut(types, "; ")})");
        }

        throw new CheckpointException($"Checkpoint: it is of another model: {string.Join("; ", faults)}.");
    }

    /// <summary>All weights with their paths: <c>block_1/conv2d/kernel</c>.</summary>
    /// <exception cref="StrataException">The model has no weights yet.</exception>
    internal IEnumerable<(string Path, Variable Variable)> WeightPaths()
    {
        RequireWeights();
        return Paths(this, "", []);
    }

    static IEnumerable<(string Path, Variable Variable)> Paths(Layer layer, string path, HashSet<Layer> seen)
    {
        if (!seen.Add(layer)) yield break;
        foreach (var weight in layer.OwnWeights) yield return (path + weight.Name, weight.Variable);
        for (var i = 0; i < layer.Children.Count; i++)
            foreach (var inner in Paths(layer.Children[i], $"{path}{layer.ChildNames[i]}/", seen)) yield return inner;
    }
}
