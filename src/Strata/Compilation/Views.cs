namespace Strata.Compilation;

/// <summary>Tensors of a graph that are other names of others' memory.</summary>
internal static class Views
{
    /// <summary>The tensor whose memory <paramref name="x"/> is.</summary>
    public static Tensor Root(Tensor x)
    {
        while (x.Node!.Operation.IsView) x = x.Node.Inputs[0];
        return x;
    }
}
