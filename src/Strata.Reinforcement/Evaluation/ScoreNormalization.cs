namespace Strata.Reinforcement;

/// <summary>Scores of different games on one scale.</summary>
public static class ScoreNormalization
{
    /// <summary>(agent − random)/|human − random|: 0 for random play, 1 for a person. The magnitude matters where a person did worse than random play
    /// (Video Pinball from human starts), and reproduces the published tables.</summary>
    public static double Normalized(double agent, double random, double human) => (agent - random) / Math.Abs(human - random);
}
