using System.Runtime.InteropServices;
using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A world that an agent acts in, with Gymnasium's interface: <see cref="Reset"/> begins an episode, <see cref="Step"/> takes an
/// action, and after each of them <see cref="Observation{T}"/> shows what the agent sees.</summary>
/// <remarks>A step allocates nothing: the observation is a view of memory that the next step overwrites. An environment belongs to one
/// thread at a time.</remarks>
public abstract class Env : IDisposable
{
    static readonly IReadOnlyDictionary<string, double> nothing = new Dictionary<string, double>();

    readonly byte[] observation;
    readonly int actions; // of a discrete space; 0: none
    bool running;

    /// <summary>Creates an environment.</summary>
    /// <param name="observations">What the agent may see.</param>
    /// <param name="actions">What it may do.</param>
    /// <param name="ownsObservation">Whether the environment holds an observation of its own; a wrapper that shows another's has none.</param>
    protected Env(Space observations, Space actions, bool ownsObservation = true)
    {
        (ObservationSpace, ActionSpace) = (observations, actions);
        this.actions = (actions as Discrete)?.Count ?? 0;
        observation = new byte[ownsObservation ? observations.Size * observations.DType.Size() : 0];
    }

    /// <summary>What the agent may see.</summary>
    public Space ObservationSpace { get; }

    /// <summary>What the agent may do.</summary>
    public Space ActionSpace { get; }

    /// <summary>The name in messages.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Numbers about the last step beside the observation, as <c>lives</c>; mostly none.</summary>
    public virtual IReadOnlyDictionary<string, double> Info => nothing;

    /// <summary>The current observation as raw memory, valid until the next step.</summary>
    public virtual ReadOnlySpan<byte> ObservationBytes => observation;

    /// <summary>The current observation, row-major, valid until the next step.</summary>
    /// <exception cref="EnvironmentException"><typeparamref name="T"/> is not the type of the observations.</exception>
    public ReadOnlySpan<T> Observation<T>()
        where T : unmanaged => DTypes.Of<T>() == ObservationSpace.DType
            ? MemoryMarshal.Cast<byte, T>(ObservationBytes)
            : throw new EnvironmentException($"{Name}: observations are {ObservationSpace.DType.Name()}, not {DTypes.Of<T>().Name()}.");

    /// <summary>Begins an episode.</summary>
    /// <param name="seed">Begins the random numbers anew from a seed, 0 or more; null goes on with them.</param>
    public void Reset(long? seed = null)
    {
        if (seed < 0) throw new EnvironmentException($"{Name}: the seed is {seed}; it must be 0 or more.");
        Begin(seed);
        running = true;
    }

    /// <summary>Takes an action.</summary>
    /// <exception cref="EnvironmentException">The action does not fit the space, or the episode has ended or not begun.</exception>
    public StepResult Step(AgentAction action)
    {
        if (!running) throw new EnvironmentException($"{Name}: there is no episode under way; call Reset before Step.");
        if (actions > 0 ? (uint)action.Index >= (uint)actions : action.Values.Length != ActionSpace.Size || HasNaN(action.Values)) throw Misfit(action);
        var result = Advance(action);
        running = !result.Done;
        return result;
    }

    /// <summary>A picture of the current state for people.</summary>
    public abstract Image Render();

    /// <summary>The current state, to return to with <see cref="Restore"/>.</summary>
    /// <exception cref="EnvironmentException">The environment cannot show its state.</exception>
    public EnvSnapshot Snapshot()
    {
        var snapshot = new EnvSnapshot();
        Exchange(snapshot);
        return snapshot;
    }

    /// <summary>Returns to a state of this environment, or of another that was made alike.</summary>
    /// <exception cref="EnvironmentException">The snapshot is of an environment of another kind.</exception>
    public void Restore(EnvSnapshot snapshot)
    {
        snapshot.Rewind();
        Exchange(snapshot);
    }

    /// <summary>Ends the environment.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the environment holds outside this process.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Begins an episode and writes its first observation.</summary>
    protected abstract void Begin(long? seed);

    /// <summary>Takes an action that fits and writes the observation behind it.</summary>
    protected abstract StepResult Advance(AgentAction action);

    /// <summary>Names the fields that make up the state.</summary>
    protected abstract void Transfer(EnvSnapshot snapshot);

    /// <summary>The observation for the one who writes it.</summary>
    protected Span<T> Writable<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(observation.AsSpan());

    /// <summary>Says that an episode is under way, where a state was set from outside.</summary>
    private protected void Resume() => running = true;

    internal void Exchange(EnvSnapshot snapshot)
    {
        snapshot.Value(ref running);
        snapshot.Values(observation.AsSpan());
        Transfer(snapshot);
    }

    EnvironmentException Misfit(AgentAction action) => new($"{Name}: the action {action.ToString()} is not in {ActionSpace}.");

    static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (var x in values)
            if (float.IsNaN(x)) return true;
        return false;
    }
}
