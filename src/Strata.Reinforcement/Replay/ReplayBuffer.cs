namespace Strata.Reinforcement;

/// <summary>The last transitions of an agent, to learn from in random order (Lin 1992; Mnih et al. 2015). Each observation is stored once, in its own
/// element type; stacks of observations and n-step returns are put together when transitions are drawn, never across episodes.</summary>
public class ReplayBuffer
{
    const int PageBytes = 1 << 24;

    readonly byte[]?[] pages;
    readonly int frameBytes, framesPerPage, stack, steps, group;
    readonly double discount;
    readonly int[] actions;
    readonly float[] rewards;
    readonly Mark[] marks;
    readonly Shape stateShape;
    readonly DType type;
    int current = -1; // the slot of the newest observation, which has no action yet
    int filled;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">The most observations it holds, at least 2; the oldest go first.</param>
    /// <param name="observations">What a single observation is.</param>
    /// <param name="stack">How many observations make a state.</param>
    /// <param name="steps">n of n-step returns.</param>
    /// <param name="discount">γ in [0, 1], for n-step returns and for the value behind them.</param>
    public ReplayBuffer(int capacity, Space observations, int stack = 1, int steps = 1, double discount = 0.99)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(stack, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (Capacity, this.stack, this.steps, this.discount) = (capacity, stack, steps, discount);
        (stateShape, type, group) = (FrameHistory.Stacked(observations, stack), observations.DType, FrameHistory.GroupBytes(observations));
        frameBytes = observations.Size * type.Size();
        framesPerPage = Math.Max(1, PageBytes / frameBytes);
        pages = new byte[]?[((capacity - 1) / framesPerPage) + 1];
        (actions, rewards, marks) = (new int[capacity], new float[capacity], new Mark[capacity]);
    }

    /// <summary>The most observations the buffer holds.</summary>
    public int Capacity { get; }

    /// <summary>The observations it holds.</summary>
    public int Count => filled;

    /// <summary>The shape of a state.</summary>
    public Shape StateShape => stateShape;

    /// <summary>Stores the first observation of an episode.</summary>
    public void Begin(ReadOnlySpan<byte> observation) => Store(observation, Mark.First);

    /// <summary>Stores what was done at the newest observation, what came of it, and the observation behind it.</summary>
    /// <exception cref="InvalidOperationException">No episode was begun.</exception>
    public void Add(int action, double reward, bool terminated, bool truncated, ReadOnlySpan<byte> next)
    {
        if (current < 0 || (marks[current] & Mark.Acted) != 0) throw new InvalidOperationException("ReplayBuffer: Begin must store the first observation of an episode before Add.");
        (actions[current], rewards[current]) = (action, (float)reward);
        marks[current] |= Mark.Acted | (terminated ? Mark.Terminated : 0) | (truncated ? Mark.Truncated : 0);
        OnActed(current);
        Store(next, 0);
    }

    /// <summary>Writes the state at the newest observation: what the agent acts on.</summary>
    public void CopyState(Span<byte> destination) => WriteState(current, destination);

    /// <summary>Draws transitions at random.</summary>
    /// <param name="count">How many; one may come twice.</param>
    /// <param name="random">Where they are drawn from.</param>
    /// <exception cref="InvalidOperationException">There is no complete transition yet.</exception>
    public ReplayBatch Sample(int count, NumpyRandom random)
    {
        var slots = new int[count];
        var weights = new float[count];
        Array.Fill(weights, 1);
        Draw(slots, weights, random);
        return Gather(slots, weights);
    }

    /// <summary>The newest transitions, oldest first: what learning without replay sees.</summary>
    /// <param name="count">How many at most.</param>
    public ReplayBatch Latest(int count)
    {
        var slots = new List<int>();
        for (var age = filled - 1; age >= 0 && slots.Count < count; age--)
            if (IsComplete(SlotOf(age))) slots.Add(SlotOf(age));
        slots.Reverse();
        var weights = new float[slots.Count];
        Array.Fill(weights, 1);
        return Gather([.. slots], weights);
    }

    /// <summary>Tells how wrong the value of each transition of a batch was; matters to prioritized replay only.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="errors">The temporal-difference errors δ.</param>
    public virtual void Update(ReplayBatch batch, ReadOnlySpan<float> errors)
    {
    }

    /// <summary>Draws slots of complete transitions, and their weights, which are 1 to begin with.</summary>
    private protected virtual void Draw(Span<int> slots, Span<float> weights, NumpyRandom random)
    {
        foreach (ref var slot in slots)
        {
            // Nearly every slot holds a complete transition, so that few draws are in vain however full the buffer is.
            for (var attempt = 0; ; attempt++)
            {
                if (filled < 2 || attempt > 1000 + (100 * filled)) throw Empty();
                slot = SlotOf(random.NextInt(filled));
                if (IsComplete(slot)) break;
            }
        }
    }

    /// <summary>Hears that a slot was given an action.</summary>
    private protected virtual void OnActed(int slot)
    {
    }

    /// <summary>Hears that what a slot held is gone.</summary>
    private protected virtual void OnForgotten(int slot)
    {
    }

    private protected static InvalidOperationException Empty() => new("ReplayBuffer: there is no complete transition to draw yet.");

    /// <summary>Whether all observations of state and successor are there.</summary>
    private protected bool IsComplete(int slot)
    {
        if (!IsFinished(slot)) return false;
        var age = AgeOf(slot);
        for (var i = 0; i < stack - 1 && (marks[slot] & Mark.First) == 0; i++)
        {
            if (--age < 0) return false; // forgotten already
            slot = Before(slot);
        }

        return true;
    }

    // Whether the n steps from a slot have been made, or ended the episode.
    bool IsFinished(int slot)
    {
        for (var i = 0; i < steps; i++, slot = After(slot))
        {
            if ((marks[slot] & Mark.Acted) == 0) return false;
            if ((marks[slot] & (Mark.Terminated | Mark.Truncated)) != 0) return true;
        }

        return true;
    }

    ReplayBatch Gather(int[] slots, float[] weights)
    {
        var n = slots.Length;
        var stateBytes = frameBytes * stack;
        byte[] states = new byte[n * stateBytes], next = new byte[n * stateBytes];
        var (chosen, sums, discounts) = (new long[n], new float[n], new float[n]);
        for (var i = 0; i < n; i++)
        {
            var slot = slots[i];
            WriteState(slot, states.AsSpan(i * stateBytes, stateBytes));
            chosen[i] = actions[slot];
            var (sum, factor) = (0.0, 1.0);
            for (var step = 0; step < steps; step++)
            {
                var mark = marks[slot];
                sum += factor * rewards[slot];
                factor *= (mark & Mark.Terminated) != 0 ? 0 : discount;
                slot = After(slot);
                if ((mark & (Mark.Terminated | Mark.Truncated)) != 0) break;
            }

            (sums[i], discounts[i]) = ((float)sum, (float)factor);
            WriteState(slot, next.AsSpan(i * stateBytes, stateBytes));
        }

        return new ReplayBatch(
            Observations.ToTensor(states, stateShape.Batch(n), type),
            Tensor.From(chosen, [n, 1]),
            Tensor.From(sums),
            Tensor.From(discounts),
            Observations.ToTensor(next, stateShape.Batch(n), type),
            Tensor.From(weights),
            slots);
    }

    void WriteState(int slot, Span<byte> destination)
    {
        for (var i = stack - 1; i >= 0; i--)
        {
            FrameHistory.Interleave(Frame(slot), destination, i, stack, group);
            if (i > 0 && (marks[slot] & Mark.First) != 0)
            {
                while (--i >= 0) FrameHistory.Clear(frameBytes, destination, i, stack, group); // before the episode there was nothing
                return;
            }

            slot = Before(slot);
        }
    }

    void Store(ReadOnlySpan<byte> observation, Mark mark)
    {
        if (observation.Length != frameBytes) throw new ArgumentException($"ReplayBuffer: an observation of {observation.Length} bytes was given; {frameBytes} fit.");
        current = After(current);
        if (filled == Capacity) OnForgotten(current);
        else filled++;
        observation.CopyTo(Frame(current));
        marks[current] = mark;
    }

    Span<byte> Frame(int slot)
    {
        ref var page = ref pages[slot / framesPerPage];
        page ??= GC.AllocateUninitializedArray<byte>(Math.Min(framesPerPage, Capacity) * frameBytes);
        return page.AsSpan(slot % framesPerPage * frameBytes, frameBytes);
    }

    int After(int slot) => slot + 1 == Capacity ? 0 : slot + 1;

    int Before(int slot) => slot == 0 ? Capacity - 1 : slot - 1;

    // Age 0 is the oldest observation.
    int SlotOf(int age) => (int)(((long)current - filled + 1 + age + Capacity) % Capacity);

    int AgeOf(int slot) => (int)(((long)slot - current + filled - 1 + Capacity) % Capacity);

    [Flags]
    enum Mark : byte
    {
        First = 1,
        Acted = 2,
        Terminated = 4,
        Truncated = 8,
    }
}
