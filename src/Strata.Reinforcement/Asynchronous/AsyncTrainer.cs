using Strata.Memory;
using Strata.Nn;
using Strata.Threading;

namespace Strata.Reinforcement;

/// <summary>Actors that learn at the same time from environments of their own and change one set of weights without locks (Mnih et al. 2016).</summary>
public sealed class AsyncTrainer
{
    readonly AsyncSettings settings;
    readonly Actor[] actors;
    readonly SharedRmsProp optimizer;
    readonly Lock gate = new(); // of the list of episodes
    readonly List<Episode> episodes = [];
    long steps, updates;
    volatile bool stops;

    /// <summary>Prepares a training.</summary>
    /// <param name="environment">Makes the environment of an actor, from its number.</param>
    /// <param name="learner">Makes the learner of an actor, from its number; all begin with the weights of the first.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="seed">The seed of the first environment; the others follow.</param>
    public AsyncTrainer(Func<int, Env> environment, Func<int, IAsyncLearner> learner, AsyncSettings settings, long seed)
    {
        this.settings = settings;
        var learners = Enumerable.Range(0, settings.Actors).Select(learner).ToArray();
        Parameters = new SharedParameters(learners[0].Network);
        optimizer = new SharedRmsProp(Parameters, settings.Decay, settings.Epsilon);
        actors = [.. learners.Select((l, i) => new Actor(this, environment(i), l, seed + i))];
        foreach (var actor in actors) actor.Learner.Refresh(Parameters);
    }

    /// <summary>The shared weights.</summary>
    public SharedParameters Parameters { get; }

    /// <summary>Steps of all actors so far.</summary>
    public long Steps => Interlocked.Read(ref steps);

    /// <summary>Changes of the shared weights so far, one a segment.</summary>
    public long Updates => Interlocked.Read(ref updates);

    /// <summary>The episodes that ended, with unclipped rewards.</summary>
    public IReadOnlyList<Episode> Episodes
    {
        get
        {
            lock (gate) return [.. episodes];
        }
    }

    /// <summary>The mean return of the last episodes; NaN before the first.</summary>
    /// <param name="count">How many at most.</param>
    public double MeanReturn(int count = 100)
    {
        lock (gate) return episodes.Count == 0 ? double.NaN : episodes.TakeLast(count).Average(e => e.Return);
    }

    /// <summary>Trains until all actors together have made the steps that the settings say, or until <paramref name="until"/> is reached.</summary>
    /// <param name="until">The steps to stop at.</param>
    public void Run(long? until = null)
    {
        var goal = Math.Min(until ?? settings.Steps, settings.Steps);
        var threads = Math.Clamp(settings.Threads, 1, actors.Length);
        var failures = new Exception?[threads];
        Workers.Apart(threads, Work);
        stops = false;
        if (failures.FirstOrDefault(f => f is not null) is { } failure) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);

        void Work(int thread)
        {
            try
            {
                while (!stops && Steps < goal)
                    for (var i = thread; i < actors.Length; i += threads) actors[i].Turn();
            }
            catch (Exception e)
            {
                failures[thread] = e;
                stops = true;
            }
        }
    }

    sealed class Actor
    {
        readonly AsyncTrainer trainer;
        readonly Env env;
        readonly Segment segment;
        readonly SharedRmsProp optimizer;
        readonly float[] gradient, action;
        readonly long seed;
        readonly bool discrete;
        bool running, seeded;
        double sum;
        int length;
        long refreshed;

        public Actor(AsyncTrainer trainer, Env env, IAsyncLearner learner, long seed)
        {
            (this.trainer, this.env, Learner, this.seed) = (trainer, env, learner, seed);
            discrete = env.ActionSpace is Discrete;
            action = new float[discrete ? 1 : env.ActionSpace.Size];
            segment = new Segment(env.ObservationSpace, learner.SegmentLength, action.Length);
            optimizer = trainer.settings.SharesStatistics ? trainer.optimizer : new SharedRmsProp(trainer.Parameters, trainer.settings.Decay, trainer.settings.Epsilon);
            gradient = new float[trainer.Parameters.Values.Length];
        }

        public IAsyncLearner Learner { get; }

        // One segment, and what is learned from it.
        public void Turn()
        {
            using var scope = new TensorScope();
            var (settings, parameters) = (trainer.settings, trainer.Parameters);
            parameters.CopyTo(Learner.Network);
            var epoch = settings.RefreshEvery > 0 ? trainer.Steps / settings.RefreshEvery : 0;
            if (epoch != refreshed)
            {
                Learner.Refresh(parameters);
                refreshed = epoch;
            }

            Collect();
            SharedParameters.Flatten(Learner.Learn(segment), gradient);
            optimizer.Apply(gradient, settings.Rate.At(trainer.Steps), settings.Clip);
            Interlocked.Add(ref trainer.steps, segment.Count);
            Interlocked.Increment(ref trainer.updates);
        }

        void Collect()
        {
            if (!running)
            {
                env.Reset(seeded ? null : seed);
                Learner.BeginEpisode();
                (running, seeded, sum, length) = (true, true, 0, 0);
            }

            segment.Begin(env.ObservationBytes);
            while (!segment.IsFull)
            {
                Learner.Act(env.ObservationBytes, trainer.Steps, action);
                var result = discrete ? env.Step((int)action[0]) : env.Step(action);
                sum += result.Reward;
                length++;
                segment.Add(action, result, trainer.settings.ClipsRewards ? Math.Clamp(result.Reward, -1, 1) : result.Reward, env.ObservationBytes);
            }

            if (!segment.Done) return;
            running = false;
            lock (trainer.gate) trainer.episodes.Add(new Episode(sum, length));
        }
    }
}
