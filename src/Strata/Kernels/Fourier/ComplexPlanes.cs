namespace Strata.Kernels.Fourier;

/// <summary>Complex numbers as a plane of real and a plane of imaginary parts, with room for the next ones beside them.</summary>
/// <remarks>Number j of transform l, of L that run side by side, is element j·L + l.</remarks>
internal unsafe struct ComplexPlanes<T>(T* memory, long size)
    where T : unmanaged
{
    public T* Re = memory;
    public T* Im = memory + size;
    public T* NextRe = memory + (2 * size);
    public T* NextIm = memory + (3 * size);

    /// <summary>Makes the numbers that were written beside the current ones.</summary>
    public void Swap()
    {
        T* re = Re, im = Im;
        Re = NextRe;
        Im = NextIm;
        NextRe = re;
        NextIm = im;
    }

    /// <summary>Takes real for imaginary parts and the other way: i·x̄. The transform between two of them is the inverse one.</summary>
    public void SwapParts()
    {
        T* re = Re, next = NextRe;
        Re = Im;
        Im = re;
        NextRe = NextIm;
        NextIm = next;
    }
}
