using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>What a policy reaches when it does not learn.</summary>
/// <param name="Episodes">The episodes.</param>
public sealed record Evaluation(IReadOnlyList<Episode> Episodes)
{
    /// <summary>The mean return.</summary>
    public double Mean => Episodes.Average(e => e.Return);

    /// <summary>The standard deviation of the returns.</summary>
    public double Deviation => Math.Sqrt(Episodes.Average(e => (e.Return - Mean) * (e.Return - Mean)));
}

/// <summary>Plays episodes with a policy that does not learn.</summary>
public static class Evaluator
{
    /// <summary>Plays episodes and keeps their returns.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="policy">Chooses an action by what the environment shows.</param>
    /// <param name="episodes">How many episodes.</param>
    /// <param name="seed">The seed of the first; the others go on.</param>
    public static Evaluation Run(Env env, Func<Env, int> policy, int episodes, long seed)
    {
        var played = new Episode[episodes];
        for (var i = 0; i < episodes; i++)
        {
            env.Reset(i == 0 ? seed : null);
            var (sum, length) = (0.0, 0);
            StepResult result;
            do
            {
                result = env.Step(policy(env));
                sum += result.Reward;
                length++;
            }
            while (!result.Done);
            played[i] = new Episode(sum, length);
        }

        return new Evaluation(played);
    }

    /// <summary>Plays one episode and draws it, to be shown as an animated picture.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="policy">Chooses an action by what the environment shows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="most">The most pictures.</param>
    /// <param name="every">Steps for each picture.</param>
    public static IReadOnlyList<Image> Film(Env env, Func<Env, int> policy, long seed, int most = 200, int every = 1)
    {
        var frames = new List<Image>();
        env.Reset(seed);
        frames.Add(env.Render());
        for (var t = 1; frames.Count < most; t++)
        {
            var done = env.Step(policy(env)).Done;
            if (t % every == 0 || done) frames.Add(env.Render());
            if (done) break;
        }

        return frames;
    }
}
