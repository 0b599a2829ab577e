using Strata.Reinforcement;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/reinforcement.md</c>.</summary>
public sealed class ReinforcementExamples
{
    [Fact]
    public void A_step()
    {
        using var env = Environments.Make("CartPole-v1");
        env.Reset(seed: 0);                                // starts where Gymnasium starts with this seed
        var result = env.Step(1);                          // reward, terminated, truncated
        ReadOnlySpan<float> seen = env.Observation<float>();
        Assert.Equal(1, result.Reward);
        Assert.Equal(0.013235743, seen[0], 1e-7); // x + .02·ẋ of the first state
    }
}
