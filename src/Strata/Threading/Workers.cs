namespace Strata.Threading;

/// <summary>Work on a half-open range of items. A struct, so that a kernel starts parallel work without allocating a closure.</summary>
internal interface IRangeWork
{
    /// <summary>Does the items <paramref name="start"/> … <paramref name="end"/> − 1.</summary>
    void Run(long start, long end);
}

/// <summary>The engine's own threads. Work is cut statically into one contiguous range a thread, so a kernel whose items are
/// independent gives the same result for any number of threads.</summary>
public static class Workers
{
    const int SpinIterations = 2000; // about half a millisecond: the kernels of a step follow each other faster than a sleeping thread wakes (15 µs)
    const int PartStack = 16 << 20; // bytes, as a main thread's
    static readonly Lock gate = new(); // one parallel section at a time; a second caller runs its work on its own thread
    static Worker[] helpers = [];

    [ThreadStatic]
    static bool inside;

    /// <summary>How many threads a kernel may use, the caller's among them (1 … 256). Starts as the number of processors, or what the
    /// environment variable <c>STRATA_THREADS</c> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 … 256.</exception>
    public static int Threads
    {
        get;
        set => field = value is >= 1 and <= 256
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Workers.Threads: the number of threads must be in 1 … 256.");
    } = FromEnvironment(Configuration.Given("threads"));

    static int FromEnvironment(string? text) => text is null or ""
        ? Math.Clamp(Environment.ProcessorCount, 1, 256)
        : int.TryParse(text, out var n) && n is >= 1 and <= 256
            ? n
            : throw new NotSupportedException($"STRATA_THREADS: '{text}' is not a number of threads in 1 … 256.");

    /// <summary>Runs <paramref name="work"/> over 0 … <paramref name="count"/> − 1, at least <paramref name="grain"/> items a thread.
    /// Nested calls run on the thread that makes them. An exception of any part is thrown here once all have ended.</summary>
    internal static void For<TWork>(long count, long grain, TWork work)
        where TWork : struct, IRangeWork
    {
        if (count <= 0) return;
        var parts = (int)Math.Min(Threads, Math.Max(1, count / Math.Max(1, grain)));
        if (parts == 1 || inside || !gate.TryEnter())
        {
            work.Run(0, count);
            return;
        }

        var job = Job<TWork>.Only;
        try
        {
            inside = true;
            if (helpers.Length < parts - 1) Grow(parts - 1);
            job.Set(work, count, parts);
            for (var i = 1; i < parts; i++) helpers[i - 1].Start(job, i);
            job.RunPart(0);
            for (var i = 1; i < parts; i++)
                if (helpers[i - 1].TakeBack(job)) job.RunPart(i); // asleep, or kept from running by other processes
                else helpers[i - 1].Wait();
            if (job.Failure is { } failure) throw new AggregateException("A parallel kernel failed.", failure);
        }
        finally
        {
            job.Set(default, 0, 1);
            inside = false;
            gate.Exit();
        }
    }

    /// <summary>Runs <paramref name="work"/> for 0 … <paramref name="parts"/> − 1, each on a thread of its own with all its kernels on that
    /// thread: for programs that are parallel themselves, as games played side by side. Results do not depend on it.</summary>
    /// <param name="parts">How many threads; the caller's is one of them.</param>
    /// <param name="work">Given the number of the part.</param>
    /// <exception cref="AggregateException">A part failed.</exception>
    public static void Apart(int parts, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var failures = new Exception?[parts];
        var threads = new Thread[Math.Max(0, parts - 1)];
        for (var i = 0; i < threads.Length; i++)
        {
            var part = i + 1;
            threads[i] = new Thread(() => RunAlone(part), PartStack) { IsBackground = true, Name = $"Strata part {part}" };
            threads[i].Start();
        }

        if (parts > 0) RunAlone(0);
        foreach (var thread in threads) thread.Join();
        if (Array.Exists(failures, e => e is not null)) throw new AggregateException("A part failed.", failures.OfType<Exception>());

        void RunAlone(int part)
        {
            var outer = inside;
            try
            {
                inside = true;
                work(part);
            }
            catch (Exception e)
            {
                failures[part] = e;
            }
            finally
            {
                inside = outer;
            }
        }
    }

    static void Grow(int count)
    {
        var grown = new Worker[count];
        helpers.CopyTo(grown, 0);
        for (var i = helpers.Length; i < count; i++) grown[i] = new Worker(i + 1);
        helpers = grown;
    }

    abstract class Job
    {
        public Exception? Failure;

        public abstract void RunPart(int part);
    }

    /// <summary>There is one for each kind of work, as there is one parallel section at a time.</summary>
    sealed class Job<TWork> : Job
        where TWork : struct, IRangeWork
    {
        public static readonly Job<TWork> Only = new();

        TWork work;
        long count;
        int parts;

        public void Set(in TWork next, long items, int cuts) => (work, count, parts, Failure) = (next, items, cuts, null);

        public override void RunPart(int part)
        {
            try
            {
                work.Run(count * part / parts, count * (part + 1) / parts);
            }
            catch (Exception e)
            {
                Failure = e;
            }
        }
    }

    sealed class Worker
    {
        readonly ManualResetEventSlim wake = new(false, 1);
        Job? job; // offered by the caller; whoever exchanges it for null, the worker or the caller, does the part
        volatile bool done;
        volatile bool sleeping;
        int part;

        public Worker(int index) => new Thread(Loop) { IsBackground = true, Name = $"Strata worker {index}" }.Start();

        public void Start(Job next, int index)
        {
            part = index;
            done = false;
            Volatile.Write(ref job, next);
            Interlocked.MemoryBarrier(); // the store of job must be seen before sleeping is read (Dekker's pattern, see Loop)
            if (sleeping) wake.Set();
        }

        /// <summary>Takes an offer back that the worker has not accepted yet.</summary>
        public bool TakeBack(Job offered) => Interlocked.CompareExchange(ref job, null, offered) == offered;

        public void Wait()
        {
            var spins = 0;
            while (!done)
                if (++spins < SpinIterations) Thread.SpinWait(8);
                else Thread.Yield();
        }

        void Loop()
        {
            inside = true; // work started from inside a part runs on this thread
            while (true)
            {
                var spins = 0;
                while (Volatile.Read(ref job) is null)
                {
                    if (++spins < SpinIterations)
                    {
                        Thread.SpinWait(8);
                        continue;
                    }

                    sleeping = true;
                    Interlocked.MemoryBarrier();
                    if (Volatile.Read(ref job) is null) wake.Wait();
                    sleeping = false;
                    wake.Reset();
                    spins = 0;
                }

                if (Interlocked.Exchange(ref job, null) is not { } accepted) continue;
                accepted.RunPart(part);
                done = true;
            }
        }
    }
}
