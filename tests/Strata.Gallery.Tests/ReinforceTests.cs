using Strata.Gallery.Reinforcement.PolicyGradient;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Tests;

public sealed class ReinforceTests
{
    const int States = 2, Actions = 2, Length = 3;
    const double Discount = 0.9;

    // A process of two states in three steps: the next state is the action with probability .8.
    static double Chance(int action, int next) => next == action ? 0.8 : 0.2;

    static double Reward(int state, int action) => state == 0 ? 1 - action : 2 * action;

    static IEnumerable<(int[] S, int[] A, double Nature)> Plays()
    {
        for (var code = 0; code < 32; code++)
        {
            int[] s = [0, code & 1, (code >> 1) & 1], a = [(code >> 2) & 1, (code >> 3) & 1, (code >> 4) & 1];
            yield return (s, a, Chance(a[0], s[1]) * Chance(a[1], s[2]));
        }
    }

    static double[] Policy(double[] theta, int s)
    {
        var (x, y) = (Math.Exp(theta[2 * s]), Math.Exp(theta[(2 * s) + 1]));
        return [x / (x + y), y / (x + y)];
    }

    static double J(double[] theta) => Plays().Sum(p => p.Nature * Probability(theta, p.S, p.A) * Return(p.S, p.A, 0));

    static double Probability(double[] theta, int[] s, int[] a) => Enumerable.Range(0, Length).Aggregate(1.0, (product, t) => product * Policy(theta, s[t])[a[t]]);

    static double Return(int[] s, int[] a, int from) => Enumerable.Range(from, Length - from).Sum(t => Math.Pow(Discount, t) * Reward(s[t], a[t]));

    // Summed over all plays with their probabilities, the estimator is the gradient of J, whatever is subtracted or left out of the past.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1.7)]
    public void All_forms_of_the_estimator_have_the_gradient_as_their_mean(bool toGo, double baseline)
    {
        double[] theta = [0.3, -0.4, 0.1, 0.7];
        var policy = new Sequential(new Dense(Actions, useBias: false) { DType = DType.Float64 });
        policy.BuildFor([States], DType.Float64);
        policy.SetWeights([Tensor.From(theta, [2, 2])]);
        var learner = new Reinforce(policy, new SGD(0), ReturnForm.ToGo, Discount, 0);
        var estimate = new double[4];
        foreach (var (s, a, nature) in Plays())
        {
            var x = new double[Length, States];
            for (var t = 0; t < Length; t++) x[t, s[t]] = 1;
            var factors = Tensor.From<double>([.. Enumerable.Range(0, Length).Select(t => Return(s, a, toGo ? t : 0) - baseline)]);
            var gradient = Gradient.Of(() => learner.Loss(Tensor.From(x), Tensor.From(Array.ConvertAll(a, i => (long)i), [Length, 1]), factors), policy.TrainableWeights)[0].ToArray<double>();
            for (var k = 0; k < 4; k++) estimate[k] -= nature * Probability(theta, s, a) * Length * gradient[k]; // the loss is a mean of steps
        }

        for (var k = 0; k < 4; k++)
        {
            double[] up = [.. theta], down = [.. theta];
            (up[k], down[k]) = (theta[k] + 1e-5, theta[k] - 1e-5);
            Assert.Equal((J(up) - J(down)) / 2e-5, estimate[k], 1e-6);
        }
    }

    [Fact]
    public void The_mean_score_is_0()
    {
        var p = Policy([0.3, -0.4, 0, 0], 0);
        var logits = Tensor.From(new double[,] { { 0.3, -0.4 } });
        var score = Gradient.Of(l => (Tensor.From<double>([p[0], p[1]]) * new Categorical(l.Tile(2, 1)).LogProbability(Tensor.From(new long[,] { { 0 }, { 1 } }))).Sum(), logits);
        Assert.All(score.ToArray<double>(), x => Assert.Equal(0, x, 1e-7));
    }
}
