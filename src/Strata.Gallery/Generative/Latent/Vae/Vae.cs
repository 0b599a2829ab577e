using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Generative.Latent;

/// <summary>The variational auto-encoder: p(z) = N(0, I), an encoder q(z|x) = N(μ(x), σ²(x)) and a decoder p(x|z), of pixels Bernoulli,
/// of other numbers Gaussian. Applied to x it gives the mean of p(x|z) at z = μ(x). Numbers are the paper's equations.</summary>
public sealed class Vae : Model
{
    readonly Layer hidden, mean, logVariance, decoder;
    readonly Layer? noise; // ln of the variance of p(x|z); none: Bernoulli

    Vae(int size, long seed, Layer hidden, Layer mean, Layer logVariance, Layer decoder, Layer? noise)
    {
        Seed = seed;
        (this.hidden, this.mean, this.logVariance, this.decoder) = (Track(hidden), Track(mean), Track(logVariance), Track(decoder));
        if (noise is not null) this.noise = Track(noise);
        BuildFor([size]);
    }

    /// <summary>For pixels in [0, 1]: one hidden layer of tanh on each side (appendix C).</summary>
    /// <param name="pixels">The size of x.</param>
    /// <param name="units">Of each hidden layer.</param>
    /// <param name="latent">The size of z.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="kernels">The first weights; N(0, .01) in the paper.</param>
    public static Vae Create(int pixels, int units, int latent, long seed, Initializer? kernels = null)
    {
        kernels ??= Initializer.GlorotUniform;
        return new(
            pixels,
            seed,
            hidden: Units(units, Activation.Tanh),
            mean: Units(latent),                                                                  // (9), appendix C.2
            logVariance: Units(latent),
            decoder: new Sequential(Units(units, Activation.Tanh), Units(pixels)),                // (11), its logits
            noise: null);

        Dense Units(int size, Activation? activation = null) => new(size, activation) { KernelInitializer = kernels };
    }

    /// <summary>Linear on both sides, with variances that are the same for every x: its best bound is the likelihood of probabilistic PCA.</summary>
    /// <param name="size">The size of x.</param>
    /// <param name="latent">The size of z.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="informed">Whether μ may depend on x; it is 0 otherwise.</param>
    public static Vae CreateLinear(int size, int latent, long seed, bool informed = true) => new(
        size,
        seed,
        hidden: Activation.Linear,
        mean: informed ? new Dense(latent) : new Dense(latent) { KernelInitializer = Initializer.Zeros, Trainable = false },
        logVariance: new SharedVector(latent),
        decoder: new Dense(size),
        noise: new SharedVector(1));

    /// <summary>The size of z.</summary>
    public int Latent => mean.OutputShape!.Value[^1];

    /// <summary>q(z|x) for x [n, size].</summary>
    public DiagonalGaussian Encode(Tensor x) => Encode(x, new CallContext());

    /// <summary>The mean of p(x|z) [n, size].</summary>
    public Tensor Decode(Tensor z) => Mean(decoder.Apply(z));

    /// <summary>The variance of p(x|z) where it is Gaussian.</summary>
    public Tensor DecodedVariance(Tensor z) => noise!.Apply(z).Exp();

    /// <summary>ln p(x|z) of x [n, size] for z [n, d] or [k, n, d].</summary>
    public Tensor LogLikelihood(Tensor x, Tensor z)
    {
        var y = decoder.Apply(z);
        return noise is null
            ? -Tensor.SigmoidCrossEntropy(y, x).Sum(-1)                                           // (11)
            : DiagonalGaussian.FromLogVariance(y, noise.Apply(z)).LogProbability(x);              // (12)
    }

    /// <summary>The bound on ln p(x) with one sample and the divergence in closed form, L^B [n].</summary>
    /// <param name="x">[n, size].</param>
    /// <param name="noise">ε, standard normal [n, d].</param>
    public Tensor Bound(Tensor x, Tensor noise)
    {
        var q = Encode(x);
        return LogLikelihood(x, q.Sample(noise)) - q.KullbackLeiblerToStandard();                 // (7), (10)
    }

    /// <summary>ln p(x|z)p(z)/q(z|x), z ~ q: the bound with one sample and without closed forms, L^A [k, n].</summary>
    /// <param name="x">[n, size].</param>
    /// <param name="noise">ε, standard normal [k, n, d] or [n, d].</param>
    public Tensor LogWeights(Tensor x, Tensor noise)
    {
        var q = Encode(x);
        var z = q.Sample(noise);                                                                  // (4)
        return LogLikelihood(x, z) + DiagonalGaussian.Standard().LogProbability(z) - q.LogProbability(z); // (6)
    }

    /// <summary>ln of the mean weight of k samples [n]: in the mean between the bound (k = 1) and ln p(x) (k → ∞), rising
    /// (Burda, Grosse and Salakhutdinov 2016, equation 8).</summary>
    /// <param name="x">[n, size].</param>
    /// <param name="noise">ε, standard normal [k, n, d].</param>
    public Tensor ImportanceWeighted(Tensor x, Tensor noise) => LogWeights(x, noise).LogSumExp(0) - Math.Log(noise.Shape[0]);

    /// <summary>Pictures of the prior: z ~ N(0, I), decoded.</summary>
    public Tensor Sample(int count, RandomStream random) => Decode(random.Normal([count, Latent]));

    /// <summary>One update on a batch x [n, size], compiled; gives the mean bound before it.</summary>
    /// <param name="optimizer">What changes the weights.</param>
    /// <param name="random">Where ε comes from.</param>
    public Func<Tensor, Tensor> Training(Optimizer optimizer, RandomStream random) => Compiled.Function<Tensor, Tensor>(x =>
    {
        var (loss, gradients) = Gradient.ValueAndGradient(() => -Bound(x, random.Normal([x.Shape[0], Latent])).Mean(), TrainableWeights); // (8), L = 1
        optimizer.Apply(TrainableWeights, gradients);
        return -loss;
    });

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var z = Encode(x, context).Mean;
        noise?.Apply(z, context);
        return Mean(decoder.Apply(z, context));
    }

    DiagonalGaussian Encode(Tensor x, CallContext context)
    {
        var h = hidden.Apply(x, context);
        return DiagonalGaussian.FromLogVariance(mean.Apply(h, context), logVariance.Apply(h, context)); // (9)
    }

    Tensor Mean(Tensor y) => noise is null ? y.Sigmoid() : y;
}
