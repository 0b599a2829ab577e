namespace Strata.Nn;

/// <summary>Trains a generator against a discriminator in turns (Goodfellow et al. 2014, algorithm 1). A turn of one leaves all variables of the other as they
/// were, moving statistics included.</summary>
/// <param name="generator">From noise to samples; with its weights.</param>
/// <param name="discriminator">From samples to logits a [n, 1] of being real; with its weights.</param>
/// <param name="generatorOptimizer">What changes the generator.</param>
/// <param name="discriminatorOptimizer">What changes the discriminator.</param>
/// <param name="loss">What the generator lowers.</param>
public sealed class AdversarialTrainer(
    Model generator, Model discriminator, Optimizer generatorOptimizer, Optimizer discriminatorOptimizer, GeneratorLoss loss = GeneratorLoss.NonSaturating)
{
    /// <summary>The turn of the discriminator as a function of tensors.</summary>
    /// <param name="real">Real examples [n, …].</param>
    /// <param name="noise">z [m, …].</param>
    /// <returns>Its loss before the update: −mean ln D(x) − mean ln(1 − D(G(z))), a scalar.</returns>
    public Tensor DiscriminatorStep(Tensor real, Tensor noise)
    {
        var frozen = new CallContext(training: true, generator.Random) { Journals = true };
        var samples = generator.Apply(noise, frozen);
        frozen.RollBack();
        return DiscriminatorStepOn(real, samples);
    }

    /// <summary>The turn of the discriminator against samples [m, …] from elsewhere.</summary>
    /// <returns>Its loss before the update, a scalar.</returns>
    public Tensor DiscriminatorStepOn(Tensor real, Tensor samples) =>
        Update(discriminator, discriminatorOptimizer, context => DiscriminatorLoss(discriminator.Apply(real, context), discriminator.Apply(samples, context)));

    /// <summary>The turn of the generator as a function of tensors.</summary>
    /// <param name="noise">z [m, …].</param>
    /// <returns>Its loss before the update, a scalar.</returns>
    public Tensor GeneratorStep(Tensor noise)
    {
        var frozen = new CallContext(training: true, discriminator.Random) { Journals = true };
        var value = Update(generator, generatorOptimizer, context => LossOf(discriminator.Apply(generator.Apply(noise, context), frozen), loss));
        frozen.RollBack();
        return value;
    }

    /// <summary>−mean ln σ(a) of real examples − mean ln(1 − σ(a)) of samples: 2 ln 2 where nothing tells them apart.</summary>
    public static Tensor DiscriminatorLoss(Tensor realLogits, Tensor sampleLogits) => (-realLogits).Softplus().Mean() + sampleLogits.Softplus().Mean();

    /// <summary>The generator's loss of the discriminator's logits of its samples.</summary>
    public static Tensor LossOf(Tensor sampleLogits, GeneratorLoss loss) =>
        loss == GeneratorLoss.NonSaturating ? (-sampleLogits).Softplus().Mean() : -sampleLogits.Softplus().Mean();

    static Tensor Update(Model model, Optimizer optimizer, Func<CallContext, Tensor> loss)
    {
        var (value, gradients) = Gradient.ValueAndGradient(() => loss(new CallContext(training: true, model.Random)), model.TrainableWeights);
        optimizer.Apply(model.TrainableWeights, gradients);
        model.ApplyConstraints();
        return value;
    }
}
