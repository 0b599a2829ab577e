namespace Strata.Compilation;

/// <summary>Tensors of a graph that are other names of others' memory.</summary>
internal static class Views
{
    /// <summary>The tensor whose memory <paramref name="x"/> is.</summary>
    public static Tensor Root(Tensor x)
    {
        while (x.Node!.Operation.IsView) x = Source(x);
        return x;
    }

    /// <summary>The input that <paramref name="x"/>, the output of a view, lies in.</summary>
    public static Tensor Source(Tensor x) => x.Node!.Inputs[x.Node.Operation.ViewedInput(Array.IndexOf(x.Node.Outputs, x))];
}
