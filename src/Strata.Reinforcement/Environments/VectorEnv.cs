namespace Strata.Reinforcement;

/// <summary>Several environments stepped together, on threads of their own if asked. An environment whose episode ended begins the next one at once; the
/// last observation of the old one is then in <see cref="FinalObservation"/>.</summary>
public sealed class VectorEnv : IDisposable
{
    readonly Env[] envs;
    readonly byte[] observations, finals;
    readonly StepResult[] results;
    readonly int bytes, actionSize;
    readonly Barrier? barrier;
    readonly Exception?[] failures;
    readonly int[] indices;
    readonly float[] values;
    long? seed;
    bool resetting, ending;

    /// <summary>Creates the environments.</summary>
    /// <param name="create">Makes one, from its number.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="threads">On how many threads they work; 1: the caller's.</param>
    public VectorEnv(Func<int, Env> create, int count, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        envs = [.. Enumerable.Range(0, count).Select(create)];
        bytes = ObservationSpace.Size * ObservationSpace.DType.Size();
        (observations, finals) = (new byte[count * bytes], new byte[count * bytes]);
        results = new StepResult[count];
        actionSize = ActionSpace is Discrete ? 0 : ActionSpace.Size;
        (indices, values) = (new int[count], new float[count * actionSize]);
        threads = Math.Clamp(threads, 1, count);
        failures = new Exception?[threads];
        if (threads == 1) return;
        barrier = new Barrier(threads);
        for (var t = 1; t < threads; t++)
        {
            var part = t;
            new Thread(() => Serve(part)) { IsBackground = true, Name = $"Environments {part}" }.Start();
        }
    }

    /// <summary>How many environments there are.</summary>
    public int Count => envs.Length;

    /// <summary>What one of them shows.</summary>
    public Space ObservationSpace => envs[0].ObservationSpace;

    /// <summary>What can be done in one of them.</summary>
    public Space ActionSpace => envs[0].ActionSpace;

    /// <summary>The observations of all, one after the other, valid until the next step.</summary>
    public ReadOnlySpan<byte> Observations => observations;

    /// <summary>What the last step came to in each.</summary>
    public ReadOnlySpan<StepResult> Results => results;

    /// <summary>The observation at the end of the episode that ended in the last step of environment <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> FinalObservation(int index) => finals.AsSpan(index * bytes, bytes);

    /// <summary>Begins an episode in each; environment i is seeded with <paramref name="seed"/> + i.</summary>
    public void Reset(long? seed = null)
    {
        (this.seed, resetting) = (seed, true);
        RunAll();
    }

    /// <summary>Takes a discrete action in each.</summary>
    public void Step(ReadOnlySpan<int> actions)
    {
        if (actions.Length != Count) throw new EnvironmentException($"VectorEnv: {actions.Length} actions were given for {Count} environments.");
        actions.CopyTo(indices);
        resetting = false;
        RunAll();
    }

    /// <summary>Takes an array as action in each.</summary>
    /// <param name="actions">The actions one after the other.</param>
    public void Step(ReadOnlySpan<float> actions)
    {
        if (actions.Length != values.Length) throw new EnvironmentException($"VectorEnv: {actions.Length} numbers were given for {Count} actions of {actionSize}.");
        actions.CopyTo(values);
        resetting = false;
        RunAll();
    }

    /// <summary>Ends all.</summary>
    public void Dispose()
    {
        if (!ending && barrier is not null)
        {
            ending = true;
            barrier.SignalAndWait();
        }

        foreach (var env in envs) env.Dispose();
    }

    void RunAll()
    {
        barrier?.SignalAndWait(); // begin
        Run(0);
        barrier?.SignalAndWait(); // end
        for (var t = 0; t < failures.Length; t++)
        {
            if (failures[t] is not { } failure) continue;
            failures[t] = null;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    void Serve(int part)
    {
        while (true)
        {
            barrier!.SignalAndWait();
            if (ending) return;
            Run(part);
            barrier.SignalAndWait();
        }
    }

    void Run(int part)
    {
        try
        {
            for (var i = part * Count / failures.Length; i < (part + 1) * Count / failures.Length; i++) RunOne(i);
        }
        catch (Exception e)
        {
            failures[part] = e;
        }
    }

    void RunOne(int i)
    {
        if (resetting)
        {
            envs[i].Reset(seed is { } s ? s + i : null);
            results[i] = default;
        }
        else
        {
            results[i] = envs[i].Step(actionSize == 0 ? indices[i] : values.AsSpan(i * actionSize, actionSize));
            if (results[i].Done)
            {
                envs[i].ObservationBytes.CopyTo(finals.AsSpan(i * bytes));
                envs[i].Reset();
            }
        }

        envs[i].ObservationBytes.CopyTo(observations.AsSpan(i * bytes));
    }
}
