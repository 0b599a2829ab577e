namespace Strata.Differentiation;

/// <summary>Second derivatives of operations whose backward pass is a kernel. Such a kernel computes vᵀJ(x), a function of the inputs x and the
/// cotangents v alone; the forward results that it also reads are a cache of what x determines. So its gradient for x and v is that of the same
/// vᵀJ(x) taken from a composition of other operations, and for the cache it is none.</summary>
internal static class Rederived
{
    /// <summary>The gradients for (x…, v…) of Σᵢ⟨vᵀJᵢ, gᵢ⟩, where J is the Jacobian of <paramref name="composition"/> at x.</summary>
    /// <param name="composition">What the forward kernel computes, in operations that can be differentiated.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="v">The cotangents, one for each output of the composition.</param>
    /// <param name="g">The gradients for the products vᵀJᵢ, one for each input; null: zero.</param>
    public static Tensor[] Gradient(Func<Tensor[], Tensor[]> composition, Tensor[] x, Tensor[] v, Tensor?[] g)
    {
        var (products, pullback) = Strata.Gradient.Vjp(z => Strata.Gradient.Vjp(composition, z[..x.Length]).Pullback(z[x.Length..]), [.. x, .. v]);
        var cotangents = new Tensor[products.Length];
        for (var i = 0; i < cotangents.Length; i++) cotangents[i] = (i < g.Length ? g[i] : null) ?? Tensor.ZerosLike(products[i]);
        return pullback(cotangents);
    }
}
