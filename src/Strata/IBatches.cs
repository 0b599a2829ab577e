namespace Strata;

/// <summary>One batch of examples: tensors whose first axis counts the examples.</summary>
/// <param name="Inputs">What a model takes, one tensor an input.</param>
/// <param name="Targets">What it should give, one tensor an output; empty when there is nothing to compare with.</param>
/// <param name="Weights">The weight of each example in the loss, one tensor an output; null when all count alike.</param>
public sealed record Batch(Tensor[] Inputs, Tensor[] Targets, Tensor[]? Weights = null)
{
    /// <summary>A batch of one input and one target.</summary>
    public Batch(Tensor input, Tensor target)
        : this([input], [target])
    {
    }

    /// <summary>How many examples the batch holds.</summary>
    public int Count => Inputs[0].Shape[0];

    /// <summary>Whether the tensors were made for this batch alone, so that a training loop may release their memory when it is done with
    /// the batch. Otherwise the collector does, once nobody has them.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Gives the memory of a temporary batch back; its tensors must not be used any more.</summary>
    internal void Release()
    {
        if (!IsTemporary) return;
        foreach (var tensor in (ReadOnlySpan<Tensor>)[.. Inputs, .. Targets, .. Weights ?? []]) tensor.Release();
    }
}

/// <summary>An ordered source of batches that can be read again, from any place: what a training loop runs on. The batches of an epoch are a
/// function of the epoch's number alone, so training that was cut off goes on with the very batches that it would have seen.</summary>
public interface IBatches
{
    /// <summary>Batches in an epoch; null when not known.</summary>
    int? BatchCount { get; }

    /// <summary>The batches of epoch number <paramref name="epoch"/> (from 0), without the first <paramref name="skip"/>.</summary>
    IEnumerable<Batch> Epoch(int epoch, int skip = 0);
}
