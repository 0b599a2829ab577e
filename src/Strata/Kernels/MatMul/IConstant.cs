namespace Strata.Kernels;

/// <summary>A number as a type, for code that the JIT specializes.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}
