using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

public abstract partial class Model
{
    // In a checkpoint, what is no weight has a name that begins with @, which no layer's path does.
    const string OptimizerPart = "@optimizer", RandomPart = "@random", NotesPart = "@notes";

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

    /// <summary>Loads weights that <see cref="SaveWeights"/> or a checkpoint holds; the model must be built.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another model; nothing was loaded.</exception>
    public void LoadWeights(string path)
    {
        RequireWeights();
        using var scope = new TensorScope();
        var state = TensorFile.Read(path);
        CheckWeights(state);
        TakeWeights(state);
    }

    /// <summary>Writes all that training needs to go on, but for its place in the data.</summary>
    internal void Save(State state)
    {
        PutWeights(state);
        Optimizer.Save(state.At(OptimizerPart), LearnedWeights());
        state.At(RandomPart).Put("key", unchecked((long)Random.State.Key));
        state.At(RandomPart).Put("draw", unchecked((long)Random.State.Draw));
    }

    /// <summary>Reads what <see cref="Save(State)"/> wrote: all of it, or on a mistake nothing.</summary>
    /// <param name="state">What was saved.</param>
    /// <param name="example">A batch, for the shapes.</param>
    /// <returns>Outputs of the right shapes.</returns>
    internal Tensor[] Load(State state, Batch example)
    {
        BuildOn(example.Inputs);
        CheckWeights(state);
        Optimizer.CheckState(state.At(OptimizerPart), LearnedWeights());
        var random = new RandomKey(unchecked((ulong)state.At(RandomPart).Integer("key")), unchecked((ulong)state.At(RandomPart).Integer("draw")));
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
        foreach (var (path, variable) in Paths(this, "", [])) state.Put(path, variable.Borrow());
    }

    void TakeWeights(State state)
    {
        foreach (var (path, variable) in Paths(this, "", [])) variable.Assign(state.Tensor(path));
    }

    void CheckWeights(State state)
    {
        var own = Paths(this, "", []).ToDictionary(p => p.Path, p => p.Variable);
        foreach (var (path, variable) in own)
            if (!state.Tensors.TryGetValue(path, out var tensor))
                throw new CheckpointException($"Checkpoint: it is of another model: there is no weight '{path}'.");
            else if (tensor.Shape != variable.Shape || tensor.DType != variable.DType)
                throw new CheckpointException($"Checkpoint: it is of another model: the weight '{path}' is {tensor.Type}, but the model's is {new TensorType(variable.Shape, variable.DType)}.");
        foreach (var path in state.Tensors.Keys)
            if (!path.StartsWith('@') && !own.ContainsKey(path))
                throw new CheckpointException($"Checkpoint: it is of another model, which has a weight '{path}'.");
    }

    static IEnumerable<(string Path, Variable Variable)> Paths(Layer layer, string path, HashSet<Layer> seen)
    {
        if (!seen.Add(layer)) yield break;
        foreach (var weight in layer.OwnWeights) yield return (path + weight.Name, weight.Variable);
        foreach (var child in layer.Children)
            foreach (var inner in Paths(child, $"{path}{child.Name}/", seen)) yield return inner;
    }
}
