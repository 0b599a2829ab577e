namespace Strata.Kernels.Alignment;

/// <summary>The scores [steps, classes] of an example, of float or double.</summary>
internal readonly unsafe struct ClassScores(byte* start, DType dtype, int classes)
{
    /// <summary>The score of a class at a step.</summary>
    public double this[int step, int index] => dtype == DType.Float32 ? ((float*)start)[((long)step * classes) + index] : ((double*)start)[((long)step * classes) + index];
}
