using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Vision.Classification;

/// <summary>LeNet-5 as published (LeCun et al. 1998, section II.B): trainable sub-sampling, a sparse C3, scaled tanh, and an output of distances
/// to fixed codes. 60,000 trainable weights.</summary>
/// <remarks>The output is −y_i, y_i being the distance of (7), so that the largest wins as elsewhere.</remarks>
public static class LeNet5Original
{
    /// <summary>The network for images [28, 28, 1] in [0, 1].</summary>
    /// <param name="seed">The seed of the first weights.</param>
    public static Sequential Create(long seed)
    {
        // "The values of the input pixels are normalized so that the background level (white) corresponds to −0.1 and the foreground (black) to 1.175" (II.B).
        return new Sequential(
            new Lambda(x => (x * 1.275) - 0.1) { Name = "normalize" },
            new Lambda(x => x.Pad([(0, 0), (2, 2), (2, 2), (0, 0)], -0.1)) { Name = "pad" },   //    [32, 32, 1]
            new Conv2D(6, 5, activation: Squash) { KernelInitializer = FanIn },        // C1 [28, 28, 6]     156 weights
            new SubsamplePooling(Squash),                                                         // S2 [14, 14, 6]      12
            new TableConvolution(ConnectionTable.C3, 5, Squash),                                  // C3 [10, 10, 16]  1,516
            new SubsamplePooling(Squash),                                                         // S4 [5, 5, 16]       32
            new Conv2D(120, 5, activation: Squash) { KernelInitializer = FanIn },      // C5 [1, 1, 120]  48,120
            new Flatten(),
            new Dense(84, Squash) { KernelInitializer = FanIn },                                  // F6 [84]         10,164
            new RbfOutput()) { Seed = seed };                                                     //    [10]              0
    }

    /// <summary>f(a) = A tanh(S·a), A = 1.7159, S = 2/3                                           (6)</summary>
    public static Activation Squash { get; } = Activation.Of("scaled_tanh", a => 1.7159 * (a * (2.0 / 3)).Tanh());

    /// <summary>Weights uniform in ±2.4/F_i, F_i being the number of inputs of the unit (section III.B).</summary>
    public static Initializer FanIn { get; } = new UniformByFanIn();

    sealed record UniformByFanIn : Initializer
    {
        public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32)
        {
            var limit = 2.4 / VarianceScaling.Fans(shape).In;
            return random.Uniform(shape, -limit, limit, dtype);
        }
    }
}
