using System.Text.RegularExpressions;
using Strata.Nn;

namespace Strata.Formats.PyTorch;

/// <summary>A weight of a model, the tensors of PyTorch that it is made of, and how one is turned into the other. Recurrent layers differ: what is a child here is a
/// number in the name there (<c>rnn/stacked/lstm_cell_2/kernel</c> is <c>rnn.weight_ih_l1</c>, the backward half of a <see cref="Bidirectional"/>
/// <c>….weight_ih_l0_reverse</c>), and each bias is one for the input and one for the state.</summary>
/// <param name="Path">The weight's path.</param>
/// <param name="Variable">The weight.</param>
/// <param name="Names">PyTorch's names of the tensors.</param>
/// <param name="From">From PyTorch's tensors to the weight.</param>
/// <param name="To">From the weight to PyTorch's tensors.</param>
sealed partial record TorchPlace(string Path, Variable Variable, IReadOnlyList<string> Names, Func<Tensor[], Tensor> From, Func<Tensor, Tensor[]> To)
{
    /// <summary>The weights of a model, in the order of their paths.</summary>
    /// <exception cref="StrataException">The model has no weights yet.</exception>
    public static IReadOnlyList<TorchPlace> Of(Model model, TorchNames names)
    {
        _ = model.WeightPaths();
        var found = new List<TorchPlace>();
        Collect(model, "", names, found, []);
        return found;
    }

    /// <summary>Whether a tensor's name is one of a recurrent layer: <c>weight_hh_l0_reverse</c>.</summary>
    public static bool IsRecurrent(string name) => RecurrentName().IsMatch(name);

    [GeneratedRegex(@"(^|\.)(weight|bias)_(ih|hh)_l\d+(_reverse)?$")]
    private static partial Regex RecurrentName();

    static void Collect(Layer layer, string path, TorchNames names, List<TorchPlace> found, HashSet<Layer> seen)
    {
        if (seen.Contains(layer)) return;
        if (layer is Bidirectional && layer.Children is [RNN forward, RNN backward] && Cells(forward) is { } ahead && Cells(backward) is { } back)
        {
            seen.Add(layer);
            Recurrent($"{path}{layer.ChildNames[0]}/", forward, ahead, path, "", names, found, seen);
            Recurrent($"{path}{layer.ChildNames[1]}/", backward, back, path, "_reverse", names, found, seen);
            return;
        }

        if (layer is RNN rnn && Cells(rnn) is { } cells)
        {
            Recurrent(path, rnn, cells, path, "", names, found, seen);
            return;
        }

        seen.Add(layer);
        foreach (var weight in layer.OwnWeights)
        {
            var name = TorchWeights.NameOf(path + weight.Name, names);
            var variable = weight.Variable;
            found.Add(new(path + weight.Name, variable, [name], t => TorchWeights.FromTorch(t[0], variable, name, names), v => [TorchWeights.ToTorch(v, variable, name, names)]));
        }

        for (var i = 0; i < layer.Children.Count; i++) Collect(layer.Children[i], $"{path}{layer.ChildNames[i]}/", names, found, seen);
    }

    // The cells that PyTorch has, from the input on, with their paths below the layer; null: the layer has others.
    static List<(string Path, Layer Cell)>? Cells(RNN rnn)
    {
        var name = rnn.ChildNames[0] + "/";
        List<(string, Layer)> cells = rnn.Cell is StackedRNNCells stacked
            ? [.. stacked.Children.Select((cell, i) => ($"{name}{stacked.ChildNames[i]}/", cell))]
            : [(name, rnn.Cell)];
        return cells.TrueForAll(c => c.Item2 is LSTMCell or GRUCell or SimpleRNNCell) ? cells : null;
    }

    static void Recurrent(string path, RNN rnn, List<(string Path, Layer Cell)> cells, string module, string suffix, TorchNames names, List<TorchPlace> found, HashSet<Layer> seen)
    {
        if (!seen.Add(rnn)) return;
        for (var i = 0; i < cells.Count; i++)
        {
            var (below, cell) = cells[i];
            if (!seen.Add(cell)) continue;
            var level = $"_l{i}{suffix}";
            foreach (var (name, variable, _, _, _) in cell.OwnWeights)
            {
                var own = $"{path}{below}{name}";
                string Name(string kind) => names.Rename($"{module.Replace('/', '.')}{kind}{level}");
                found.Add(name switch
                {
                    "kernel" => new(own, variable, [Name("weight_ih")], t => Gates(cell, t[0].Transpose()), v => [Gates(cell, v).Transpose()]),
                    "recurrent_kernel" => new(own, variable, [Name("weight_hh")], t => Gates(cell, t[0].Transpose()), v => [Gates(cell, v).Transpose()]),
                    _ => new(own, variable, [Name("bias_ih"), Name("bias_hh")], t => Bias(cell, variable, own, t), v => Biases(cell, v, own)),
                });
            }
        }
    }

    // r, z, n there are z, r, h here; the gates i, f, g, o of an LSTM are in one order in both.
    static Tensor Gates(Layer cell, Tensor x)
    {
        if (cell is not GRUCell) return x;
        var gates = x.Split(3, -1);
        return Tensor.Concatenate([gates[1], gates[0], gates[2]], -1);
    }

    static Tensor Bias(Layer cell, Variable variable, string path, Tensor[] t)
    {
        if (cell is not GRUCell) return t[0] + t[1];
        Require(variable.Shape, path);
        return Gates(cell, Tensor.Stack([t[0], t[1]], 0));
    }

    static Tensor[] Biases(Layer cell, Tensor value, string path)
    {
        if (cell is not GRUCell) return [value, Tensor.ZerosLike(value)];
        Require(value.Shape, path);
        var turned = Gates(cell, value);
        return [turned[0], turned[1]];
    }

    static void Require(Shape bias, string path)
    {
        if (bias.Rank != 2) throw new StrataException($"TorchWeights: '{path}' is the bias of a GRU that resets before the product, which PyTorch does not have; a layer with resetAfter: true fits.");
    }
}
