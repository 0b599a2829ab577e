namespace Strata.Reinforcement.Tests;

public sealed class ReturnsTests
{
    [Fact]
    public void N_step_returns_bootstrap_unless_the_episode_terminated()
    {
        var returns = new float[3];
        Returns.Discounted([1, 0, 2], 0.5, 10, returns);
        Assert.Equal([2.75f, 3.5f, 7f], returns);
        Returns.Discounted([1, 0, 2], 0.5, 0, returns);
        Assert.Equal([1.5f, 1f, 2f], returns);
        Returns.Discounted([1, 0, 2], 0.5, 10, returns, [false, true, false]);
        Assert.Equal([1f, 0f, 7f], returns);
    }

    [Fact]
    public void Lambda_0_is_one_step_and_lambda_1_is_all_of_them()
    {
        float[] rewards = [1, 0, 2], values = [3, 1, 4, 10];
        var returns = new float[3];
        Returns.Lambda(rewards, values, 0.5, 0, returns);
        Assert.Equal([1.5f, 2f, 7f], returns);
        Returns.Lambda(rewards, values, 0.5, 1, returns);
        Assert.Equal([2.75f, 3.5f, 7f], returns);
        // λ = ½: 7, 0 + ½(½·4 + ½·7) = 2.75, 1 + ½(½·1 + ½·2.75) = 1.9375
        Returns.Lambda(rewards, values, 0.5, 0.5, returns);
        Assert.Equal([1.9375f, 2.75f, 7f], returns);
        var advantages = new float[3];
        Returns.Advantages(rewards, values, 0.5, 0.5, advantages);
        Assert.Equal([1.9375f - 3, 2.75f - 1, 7f - 4], advantages);
    }
}
