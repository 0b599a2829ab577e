using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>A table example of the bias (Sutton and Barto, example 6.7): from A, "right" ends with 0; "left" leads to B, all of whose ten actions end with a
/// reward of mean −.1. Q-learning takes the luckiest of the ten for their worth and goes left.</summary>
public static class DoubleQExample
{
    const int A = 0, B = 1, End = 2, Right = 0, Actions = 10;
    const double Rate = 0.1, Epsilon = 0.1;

    /// <summary>The share of runs that go left in each episode.</summary>
    /// <param name="twice">Whether by Double Q-learning.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="episodes">Episodes of a run.</param>
    /// <param name="seed">The seed.</param>
    public static double[] LeftShare(bool twice, int runs, int episodes, long seed)
    {
        var random = new NumpyRandom(seed);
        var left = new double[episodes];
        for (var run = 0; run < runs; run++)
        {
            TabularQ q = new(3, Actions, 1), other = new(3, Actions, 1);
            for (var e = 0; e < episodes; e++)
            {
                var first = Act(A, 2);
                if (first == Right)
                {
                    Learn(A, first, 0, End);
                    continue;
                }

                left[e] += 1.0 / runs;
                Learn(A, first, 0, B);
                var second = Act(B, Actions);
                Learn(B, second, random.Normal() - 0.1, End);
            }

            int Act(int state, int actions)
            {
                if (random.Chance(Epsilon)) return random.NextInt(actions);
                var (best, ties, most) = (0, 0, double.NegativeInfinity);
                for (var a = 0; a < actions; a++)
                {
                    var value = q.Of(state)[a] + (twice ? other.Of(state)[a] : 0);
                    if (value > most) (best, ties, most) = (a, 1, value);
                    else if (value == most && random.NextInt(++ties) == 0) best = a;
                }

                return best;
            }

            void Learn(int state, int action, double reward, int next)
            {
                if (!twice) q.QLearning(state, action, reward, next, next == End, Rate);
                else if (random.Chance(0.5)) q.DoubleQ(state, action, reward, next, next == End, Rate, other);
                else other.DoubleQ(state, action, reward, next, next == End, Rate, q);
            }
        }

        return left;
    }
}
