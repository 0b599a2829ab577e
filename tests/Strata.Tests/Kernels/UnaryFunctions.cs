using System.Numerics;
using Strata.Kernels.Elementwise;

namespace Strata.Tests.Kernels;

/// <summary>The unary kernels by name, on arrays.</summary>
static unsafe class UnaryFunctions<T>
    where T : unmanaged, INumber<T>
{
    public static readonly Dictionary<string, Func<T[], T[]>> All = new()
    {
        ["Negate"] = Run<Operators.Negate>,
        ["Abs"] = Run<Operators.Abs>,
        ["Square"] = Run<Operators.Square>,
        ["Sign"] = Run<Operators.Sign>,
        ["Relu"] = Run<Operators.Relu>,
        ["Reciprocal"] = Run<Operators.Reciprocal>,
        ["Floor"] = Run<Operators.Floor>,
        ["Ceiling"] = Run<Operators.Ceiling>,
        ["Round"] = Run<Operators.Round>,
        ["Truncate"] = Run<Operators.Truncate>,
        ["Sqrt"] = Run<Operators.Sqrt>,
        ["Rsqrt"] = Run<Operators.Rsqrt>,
        ["Exp"] = Run<Operators.Exp>,
        ["Exp2"] = Run<Operators.Exp2>,
        ["Expm1"] = Run<Operators.Expm1>,
        ["Log"] = Run<Operators.Log>,
        ["Log1p"] = Run<Operators.Log1p>,
        ["Log2"] = Run<Operators.Log2>,
        ["Log10"] = Run<Operators.Log10>,
        ["Sin"] = Run<Operators.Sin>,
        ["Cos"] = Run<Operators.Cos>,
        ["Tan"] = Run<Operators.Tan>,
        ["Asin"] = Run<Operators.Asin>,
        ["Acos"] = Run<Operators.Acos>,
        ["Atan"] = Run<Operators.Atan>,
        ["Sinh"] = Run<Operators.Sinh>,
        ["Cosh"] = Run<Operators.Cosh>,
        ["Tanh"] = Run<Operators.Tanh>,
        ["Sigmoid"] = Run<Operators.Sigmoid>,
        ["Softplus"] = Run<Operators.Softplus>,
        ["Erf"] = Run<Operators.Erf>,
        ["Erfc"] = Run<Operators.Erfc>,
    };

    public static T[] Run<TOp>(T[] x)
        where TOp : struct, IUnaryOperator
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
            Walk.Binary<T, Operators.Pow, Row<T>, Row<T>, Elements<T>>(new(p), new(q), new(r), x.Length);
        return z;
    }
}
