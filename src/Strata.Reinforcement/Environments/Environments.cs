namespace Strata.Reinforcement;

/// <summary>Environments by the names that Gymnasium gives them, with its time limits.</summary>
public static class Environments
{
    static readonly Dictionary<string, Func<Env>> makers = new(StringComparer.Ordinal)
    {
        ["CartPole-v1"] = () => new TimeLimit(new CartPole(), 500),
        ["MountainCar-v0"] = () => new TimeLimit(new MountainCar(), 200),
        ["MountainCarContinuous-v0"] = () => new TimeLimit(new MountainCarContinuous(), 999),
        ["Acrobot-v1"] = () => new TimeLimit(new Acrobot(), 500),
        ["Pendulum-v1"] = () => new TimeLimit(new Pendulum(), 200),
        ["MinAtar/Asterix-v1"] = () => new Asterix(),
        ["MinAtar/Breakout-v1"] = () => new Breakout(),
        ["MinAtar/Freeway-v1"] = () => new Freeway(),
        ["MinAtar/Seaquest-v1"] = () => new Seaquest(),
        ["MinAtar/SpaceInvaders-v1"] = () => new SpaceInvaders(),
        ["Catch-v0"] = () => new Catch(),
        ["PointMass-v0"] = () => new TimeLimit(new PointMass(), 100),
        ["TMaze-v0"] = () => new TimeLimit(new TMaze(8), 50),
        ["Pong-v0"] = () => new TimeLimit(new Pong(), 10_000),
        ["Grid4x4-v0"] = () => new FiniteMdpEnv(GridWorlds.Grid4x4()),
        ["CliffWalking-v0"] = () => new FiniteMdpEnv(GridWorlds.Cliff()),
        ["Chain-v0"] = () => new FiniteMdpEnv(GridWorlds.Chain(6)),
        ["TwoRoom-v0"] = () => new FiniteMdpEnv(GridWorlds.TwoRoom()),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => makers.Keys;

    /// <summary>Makes an environment.</summary>
    /// <exception cref="EnvironmentException">There is none of that name.</exception>
    public static Env Make(string name) => makers.TryGetValue(name, out var make)
        ? make()
        : throw new EnvironmentException($"There is no environment '{name}' here; there are {string.Join(", ", Names.Select(n => $"'{n}'"))}, and those of Gymnasium through RemoteEnv.");
}
