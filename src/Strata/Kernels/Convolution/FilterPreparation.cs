using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Kernels;

/// <summary>Filters brought into the order of the kernels ahead of time, for convolutions whose filter does not change from call to call.</summary>
internal static unsafe class FilterPreparation
{
    /// <summary>Prepares <paramref name="filter"/> for forward convolutions of the shapes of <paramref name="g"/>; null if their kernel reads filters as they are.</summary>
    public static PreparedWeights? Prepare<T>(in ConvolutionGeometry g, T* filter, DType dtype)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Simd.Level switch
        {
            SimdLevel.Vector512 => Prepare<Vector512Ops<T>, Vector512<T>, T>(g, filter, dtype),
            SimdLevel.Vector256 => Prepare<Vector256Ops<T>, Vector256<T>, T>(g, filter, dtype),
            SimdLevel.Vector128 => Prepare<Vector128Ops<T>, Vector128<T>, T>(g, filter, dtype),
            _ => Prepare<ScalarOps<T>, T, T>(g, filter, dtype),
        };

    static PreparedWeights? Prepare<TOps, TVector, T>(in ConvolutionGeometry g, T* filter, DType dtype)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor packed;
        if (g.IsPointwise)
        {
            var product = MatrixProduct<T>.Dense(1, g.OutChannels, g.InChannels, null, false, filter, false, null);
            packed = Room(MatMulBlock<TOps, TVector, T>.PackedSize(product.N, product.K), dtype);
            MatMulBlock<TOps, TVector, T>.Pack(product, (T*)packed.Pointer);
            return new(packed, Simd.Level);
        }

        var algorithm = WinogradCost.Choose<T>(g, prepared: true);
        switch (algorithm)
        {
            case WinogradChoice.F2:
                packed = Transformed<TOps, TVector, T, WinogradF2Filter>(g, filter, dtype);
                break;
            case WinogradChoice.F4:
                packed = Transformed<TOps, TVector, T, WinogradF4Filter>(g, filter, dtype);
                break;
            default:
                var p = TapProblem<T>.Forward(g, null, null);
                if (g.IsDepthwise || SingleChannelConvolution<TOps, TVector, T>.Suits(p)) return null;
                packed = Room(FilterPanels<TOps, TVector, T>.Size(p), dtype);
                FilterPanels<TOps, TVector, T>.Pack(p, filter, g.Kernel, false, (T*)packed.Pointer);
                break;
        }

        return new(packed, Simd.Level, algorithm);
    }

    static Tensor Transformed<TOps, TVector, T, TFilter>(in ConvolutionGeometry g, T* filter, DType dtype)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFilter : struct, IWinogradMap
    {
        var packed = Room(WinogradFilter<TOps, TVector, T>.Size<TFilter>(g.InChannels, g.OutChannels), dtype);
        WinogradFilter<TOps, TVector, T>.Transform<TFilter>(filter, g.InChannels, g.OutChannels, false, (T*)packed.Pointer);
        return packed;
    }

    static Tensor Room(long size, DType dtype) => Tensor.Allocate([checked((int)size)], dtype).Keep();
}
