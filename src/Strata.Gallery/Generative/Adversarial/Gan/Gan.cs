using Strata.Memory;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Generative.Adversarial;

/// <summary>A generator G from noise z to samples and a discriminator D, which gives the logit of a sample being real, trained against each other.</summary>
public sealed class Gan
{
    readonly RandomStream random;
    readonly int latent;

    /// <summary>Two networks and what z is.</summary>
    /// <param name="generator">From z [n, latent] to samples.</param>
    /// <param name="discriminator">From samples to logits [n, 1].</param>
    /// <param name="sample">The shape of one sample.</param>
    /// <param name="latent">The size of z, standard normal.</param>
    /// <param name="seed">Of z.</param>
    public Gan(Model generator, Model discriminator, Shape sample, int latent, long seed)
    {
        (Generator, Discriminator, this.latent, random) = (generator, discriminator, latent, new RandomStream(seed));
        generator.BuildFor([latent]);
        discriminator.BuildFor(sample);
    }

    /// <summary>G.</summary>
    public Model Generator { get; }

    /// <summary>D, as a logit.</summary>
    public Model Discriminator { get; }

    /// <summary>Fully connected networks: ReLU or tanh in G, leaky ReLU in D.</summary>
    public static Gan Create(int size, int latent, int[] generator, int[] discriminator, long seed, Activation? output = null, Activation? hidden = null) => new(
        new Sequential([.. generator.Select(n => new Dense(n, hidden ?? Activation.Relu)), new Dense(size, output)]) { Seed = seed },
        new Sequential([.. discriminator.Select(n => new Dense(n, Activation.LeakyRelu(0.2))), new Dense(1)]) { Seed = seed + 1 },
        [size],
        latent,
        seed + 2);

    /// <summary>The authors' networks for MNIST: ReLU and sigmoid against maxout with dropout (section 5).</summary>
    public static Gan CreateForMnist(long seed)
    {
        var (wide, narrow) = (new RandomUniform(-0.05, 0.05), new RandomUniform(-0.005, 0.005));
        return new(
            new Sequential(
                new Dense(1200, Activation.Relu) { KernelInitializer = wide },
                new Dense(1200, Activation.Relu) { KernelInitializer = wide },
                new Dense(784, Activation.Sigmoid) { KernelInitializer = wide }) { Seed = seed },
            new Sequential(
                new Dropout(0.2),
                new Maxout(240, 5) { KernelInitializer = narrow },
                new Dropout(0.5),
                new Maxout(240, 5) { KernelInitializer = narrow },
                new Dropout(0.5),
                new Dense(1) { KernelInitializer = narrow }) { Seed = seed + 1 },
            [784],
            100,
            seed + 2);
    }

    /// <summary>Samples G(z).</summary>
    public Tensor Sample(int count) => Generator.Apply(Noise(count));

    /// <summary>z [n, latent].</summary>
    public Tensor Noise(int count) => random.Normal([count, latent]);

    /// <summary>D's belief D*(x) that is best against a fixed generator.</summary>
    /// <param name="data">p_data(x).</param>
    /// <param name="generated">p_g(x).</param>
    public static Tensor OptimalDiscriminator(Tensor data, Tensor generated) => data / (data + generated);               // (2)

    /// <summary>Trains by algorithm 1 with k = 1: each step a turn of D, then one of G, compiled as one.</summary>
    /// <param name="generatorOptimizer">Of G; none: D alone learns.</param>
    /// <param name="discriminatorOptimizer">Of D; none: G alone learns.</param>
    /// <param name="batches">Real examples, one batch a step.</param>
    /// <param name="average">The average of G's weights to keep.</param>
    /// <param name="after">Sees the number of the step and the losses of D and G.</param>
    public void Train(Optimizer? generatorOptimizer, Optimizer? discriminatorOptimizer, IEnumerable<Tensor> batches, WeightAverage? average = null, Action<int, double, double>? after = null)
    {
        var trainer = new AdversarialTrainer(Generator, Discriminator, generatorOptimizer ?? new SGD(), discriminatorOptimizer ?? new SGD());
        var update = Compiled.Function<Tensor, Tensor[]>(x =>
        {
            var n = x.Shape[0];
            var d = discriminatorOptimizer is null ? Tensor.Zeros([]) : trainer.DiscriminatorStep(x, Noise(n));           // max_D of (1)
            var g = generatorOptimizer is null ? Tensor.Zeros([]) : trainer.GeneratorStep(Noise(n));                      // max_G of ln D(G(z)), section 3
            average?.Update();
            return [d, g];
        });
        var step = 0;
        foreach (var x in batches)
        {
            using var scope = new TensorScope();
            var losses = update(x);
            if (++step % 100 == 0) after?.Invoke(step, losses[0].Item(), losses[1].Item());
        }
    }
}
