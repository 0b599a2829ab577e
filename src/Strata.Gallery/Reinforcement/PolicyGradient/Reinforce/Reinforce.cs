using Strata.Memory;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.PolicyGradient;

/// <summary>What the score of an action is multiplied by. All have the same expectation; they differ in variance.</summary>
public enum ReturnForm
{
    /// <summary>f(τ), the discounted return of the whole play, for every step: the lecture's form.</summary>
    Full,

    /// <summary>Σ_{t≥i} γ^{t−i} r_t, what comes behind the action.</summary>
    ToGo,

    /// <summary>As <see cref="ToGo"/>, shifted and scaled over the batch to mean 0 and variance 1.</summary>
    Standardized,
}

/// <summary>REINFORCE (Williams 1992): ∇J = E[f(τ) Σ_i ∇ ln π_θ(a_i|s_i)], estimated by the mean over plays.</summary>
/// <param name="policy">From observations [n, …] to logits [n, actions]; with its weights.</param>
/// <param name="optimizer">What changes them.</param>
/// <param name="form">What scores are multiplied by.</param>
/// <param name="discount">γ.</param>
/// <param name="seed">The seed of the actions.</param>
public sealed class Reinforce(Model policy, Optimizer optimizer, ReturnForm form, double discount, long seed)
{
    readonly NumpyRandom random = new(seed);
    readonly List<byte> observations = [];
    readonly List<long> actions = [];
    readonly List<float> rewards = [], factors = [];

    /// <summary>Plays some episodes and learns from them; gives the episodes.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="plays">P, how many.</param>
    /// <param name="environmentSeed">The seed of the first episode, or null to go on.</param>
    public Episode[] Update(Env env, int plays, long? environmentSeed = null)
    {
        observations.Clear();
        actions.Clear();
        factors.Clear();
        var played = new Episode[plays];
        for (var p = 0; p < plays; p++)
        {
            env.Reset(p == 0 ? environmentSeed : null);
            rewards.Clear();
            var sum = 0.0;
            StepResult result;
            do
            {
                observations.AddRange(env.ObservationBytes);
                var action = Act(env);
                actions.Add(action);
                result = env.Step(action);
                rewards.Add((float)result.Reward);
                sum += result.Reward;
            }
            while (!result.Done);
            played[p] = new Episode(sum, rewards.Count);
            var returns = new float[rewards.Count];
            Returns.Discounted(rewards.ToArray(), discount, 0, returns);
            if (form == ReturnForm.Full) Array.Fill(returns, returns[0]);
            factors.AddRange(returns);
        }

        if (form == ReturnForm.Standardized) Standardize();
        using var scope = new TensorScope();
        var n = actions.Count;
        var states = Observations.ToTensor(observations.ToArray(), [n, .. env.ObservationSpace.Shape], env.ObservationSpace.DType);
        Step([states, Tensor.From(actions.ToArray(), [n, 1]), Tensor.From(factors.ToArray(), [n])]);
        return played;
    }

    /// <summary>One update as a function of tensors: observations [n, …], actions [n, 1], factors [n].</summary>
    public Tensor[] Step(Tensor[] inputs)
    {
        var (loss, gradients) = Gradient.ValueAndGradient(() => Loss(inputs[0], inputs[1], inputs[2]), policy.TrainableWeights);
        optimizer.Apply(policy.TrainableWeights, gradients);
        return [loss];
    }

    /// <summary>−mean f·ln π(a|s), whose gradient is the estimator up to a constant factor.</summary>
    public Tensor Loss(Tensor states, Tensor actions, Tensor factors) =>
        -(factors * new Categorical(policy.Apply(states, training: true)).LogProbability(actions)).Mean();

    int Act(Env env)
    {
        using var scope = new TensorScope();
        var logits = policy.Apply(env.ToTensor());
        var action = Exploration.Softmax(logits.AsSpan<float>(), random);
        GC.KeepAlive(logits);
        return action;
    }

    void Standardize()
    {
        var mean = factors.Average();
        var deviation = MathF.Sqrt(factors.Average(f => (f - mean) * (f - mean))) + 1e-8f;
        for (var i = 0; i < factors.Count; i++) factors[i] = (factors[i] - mean) / deviation;
    }
}
