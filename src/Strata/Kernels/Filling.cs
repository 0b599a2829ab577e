namespace Strata.Kernels;

public partial class CpuKernels
{
    /// <summary>Sets every element of <paramref name="y"/>.</summary>
    internal void Fill(Tensor y, double value)
    {
        switch (y.DType)
        {
            case DType.Float32: y.Writable<float>().Fill((float)value); break;
            case DType.Float64: y.Writable<double>().Fill(value); break;
            case DType.Int32: y.Writable<int>().Fill((int)value); break;
            case DType.Int64: y.Writable<long>().Fill((long)value); break;
            case DType.UInt8: y.Writable<byte>().Fill((byte)value); break;
            default: y.Writable<bool>().Fill(value != 0); break;
        }
    }
}
