namespace Strata.Nn;

/// <summary>Weights of examples by the class of their target.</summary>
internal static class ClassWeights
{
    /// <summary>The batch with the weights of the classes multiplied into those of its examples.</summary>
    public static Batch Of(Batch batch, IReadOnlyDictionary<int, double> weights)
    {
        if (batch.Targets is not [{ Rank: <= 2 } target])
            throw new ShapeException("Fit: class weights need one target of rank 1 or 2.");
        using var scope = new Memory.TensorScope();
        var classes = target.Rank == 2 && target.Shape[1] > 1 ? target.ArgMax(-1) : target.Reshape(-1).Cast(DType.Int64);
        var values = Array.ConvertAll(classes.ToArray<long>(), c => (float)weights.GetValueOrDefault((int)c, 1));
        var all = Tensor.From(values, [values.Length]);
        if (batch.Weights is [var own]) all *= own.Cast(DType.Float32);
        return batch with { Weights = [all.Keep()] };
    }
}
