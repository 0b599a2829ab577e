using System.Numerics;
using Strata.Kernels.Elementwise;

namespace Strata.Tests.Kernels;

/// <summary>The unary kernels by name, on arrays.</summary>
static unsafe class UnaryFunctions<T>
    where T : unmanaged, INumber<T>
{
    public static readonly Dictionary<string, Func<T[], T[]>> All = new()
    {
        ["Negate"] = Run<Negate<T>>,
        ["Abs"] = Run<Abs<T>>,
        ["Square"] = Run<Square<T>>,
        ["Sign"] = Run<Sign<T>>,
        ["Relu"] = Run<Relu<T>>,
        ["Reciprocal"] = Run<Reciprocal<T>>,
        ["Floor"] = Run<Floor<T>>,
        ["Ceiling"] = Run<Ceiling<T>>,
        ["Round"] = Run<Round<T>>,
        ["Truncate"] = Run<Truncate<T>>,
        ["Sqrt"] = Run<Sqrt<T>>,
        ["Rsqrt"] = Run<Rsqrt<T>>,
        ["Exp"] = Run<Exp<T>>,
        ["Exp2"] = Run<Exp2<T>>,
        ["Expm1"] = Run<Expm1<T>>,
        ["Log"] = Run<Log<T>>,
        ["Log1p"] = Run<Log1p<T>>,
        ["Log2"] = Run<Log2<T>>,
        ["Log10"] = Run<Log10<T>>,
        ["Sin"] = Run<Sin<T>>,
        ["Cos"] = Run<Cos<T>>,
        ["Tan"] = Run<Tan<T>>,
        ["Asin"] = Run<Asin<T>>,
        ["Acos"] = Run<Acos<T>>,
        ["Atan"] = Run<Atan<T>>,
        ["Sinh"] = Run<Sinh<T>>,
        ["Cosh"] = Run<Cosh<T>>,
        ["Tanh"] = Run<Tanh<T>>,
        ["Sigmoid"] = Run<Sigmoid<T>>,
        ["Softplus"] = Run<Softplus<T>>,
        ["Erf"] = Run<Erf<T>>,
        ["Erfc"] = Run<Erfc<T>>,
    };

    public static T[] Run<TOp>(T[] x)
        where TOp : struct, IUnaryOperator<T>
    {
        var y = new T[x.Length];
        fixed (T* p = x)
        fixed (T* q = y)
            Walk.Unary<T, TOp>(p, q, x.Length);
        return y;
    }

    public static T[] Pow(T[] x, T[] y)
    {
        var z = new T[x.Length];
        fixed (T* p = x)
        fixed (T* q = y)
        fixed (T* r = z)
            Walk.Binary<T, Pow<T>, Row<T>, Row<T>, Elements<T>>(new(p), new(q), new(r), x.Length);
        return z;
    }
}
