namespace Strata.Data;

/// <summary>Makes a tensor of sequences of different lengths.</summary>
public static class PadSequences
{
    /// <summary>Rows of one length: shorter sequences are filled up, longer ones cut. Keras's defaults: both at the start, so the last items stay.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxLength">The length; by default that of the longest.</param>
    /// <param name="padding">Where short ones are filled up.</param>
    /// <param name="truncating">Where long ones are cut.</param>
    /// <param name="value">What they are filled with.</param>
    /// <returns>int32 [sequences, length].</returns>
    public static Tensor Of(
        IReadOnlyList<IReadOnlyList<int>> sequences, int? maxLength = null, SequenceEnd padding = SequenceEnd.Pre, SequenceEnd truncating = SequenceEnd.Pre, int value = 0)
    {
        if (maxLength < 0) throw new ArgumentOutOfRangeException(nameof(maxLength), maxLength, "PadSequences: maxLength must be at least 0.");
        var length = maxLength ?? (sequences.Count == 0 ? 0 : sequences.Max(s => s.Count));
        var rows = new int[checked(sequences.Count * length)];
        rows.AsSpan().Fill(value);
        for (var i = 0; i < sequences.Count; i++)
        {
            var kept = Math.Min(length, sequences[i].Count);
            var from = truncating == SequenceEnd.Pre ? sequences[i].Count - kept : 0;
            var to = (i * length) + (padding == SequenceEnd.Pre ? length - kept : 0);
            for (var j = 0; j < kept; j++) rows[to + j] = sequences[i][from + j];
        }

        return Tensor.From(rows, [sequences.Count, length]);
    }
}
