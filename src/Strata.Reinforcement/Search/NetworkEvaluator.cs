using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Strata.Games;
using Strata.Memory;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>Judges leaves by a network: p over the legal moves, v.</summary>
public sealed class NetworkEvaluator<TMove> : Evaluator<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly int size, maxMoves;
    readonly Shape shape;
    readonly float[] planes, turned, logits, values, legal;
    readonly int[] actions; // of the legal moves of each leaf, as the network numbers them
    readonly int[] counts;
    readonly Symmetries? symmetries;
    readonly RandomStream? random;

    /// <summary>An evaluator.</summary>
    /// <param name="network">The network.</param>
    /// <param name="game">A game of the kind that will be searched.</param>
    /// <param name="capacity">How many leaves fit.</param>
    /// <param name="symmetries">Where to draw from which way each position is turned before it is evaluated, as AlphaGo Zero does; null: none is.</param>
    /// <exception cref="ArgumentException">Game and network do not fit.</exception>
    public NetworkEvaluator(FrozenNetwork network, IGame<TMove> game, int capacity, RandomStream? symmetries = null)
        : base(capacity)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(game);
        var s = network.Size;
        if (game is not IPlanes board || (board.Height, board.Width, board.PlaneCount, game.ActionCount) != (s.Height, s.Width, s.Planes, s.Actions))
            throw new ArgumentException($"NetworkEvaluator: the network is for planes [{s.Height}, {s.Width}, {s.Planes}] and {s.Actions} moves, but the game has {Describe(game)}.", nameof(game));
        Network = network;
        shape = [s.Height, s.Width, s.Planes];
        (size, maxMoves) = (s.Height * s.Width * s.Planes, game.MaxMoves);
        planes = new float[Batch(capacity) * size];
        turned = new float[size];
        logits = new float[Batch(capacity) * s.Actions];
        values = new float[Batch(capacity)];
        legal = new float[Padded(maxMoves)];
        actions = new int[capacity * maxMoves];
        counts = new int[capacity];
        random = symmetries;
        if (symmetries is not null) this.symmetries = new Symmetries(board, game.ActionCount);
    }

    /// <summary>The network; to be replaced by one of the same shape as it learns.</summary>
    public FrozenNetwork Network
    {
        get;
        set => field = field is null || value.Size == field.Size ? value : throw new ArgumentException("NetworkEvaluator: the new network has another shape.", nameof(value));
    }

    /// <inheritdoc/>
    protected override void Write(int place, IGame<TMove> game, ReadOnlySpan<TMove> moves)
    {
        var leaf = planes.AsSpan(place * size, size);
        var symmetry = symmetries is null ? 0 : random!.NextInt(symmetries.Count);
        if (symmetry == 0)
        {
            ((IPlanes)game).WritePlanes(leaf);
        }
        else
        {
            ((IPlanes)game).WritePlanes(turned);
            symmetries!.Turn(symmetry, turned, leaf);
        }

        counts[place] = moves.Length;
        for (var i = 0; i < moves.Length; i++)
        {
            var action = game.ActionOf(moves[i]);
            actions[place * maxMoves + i] = symmetry == 0 ? action : symmetries!.ActionUnder(symmetry, action);
        }
    }

    /// <inheritdoc/>
    protected override void Evaluate(int count)
    {
        using var scope = new TensorScope();
        var n = Batch(count); // what lies after the last leaf is judged, too, and not looked at
        var (p, v) = Network.Predict(Tensor.From<float>(planes.AsSpan(0, n * size), [n, .. shape]));
        p.AsSpan<float>().CopyTo(logits);
        v.AsSpan<float>().CopyTo(values);
    }

    /// <inheritdoc/>
    public override double Value(int place) => values[place];

    /// <inheritdoc/>
    public override void Priors(int place, Span<float> priors)
    {
        var own = logits.AsSpan(place * Network.Size.Actions, Network.Size.Actions);
        var moves = actions.AsSpan(place * maxMoves, counts[place]);
        for (var i = 0; i < moves.Length; i++) legal[i] = own[moves[i]]; // illegal moves take no part: the legal ones' shares sum to 1
        SoftMax(legal, moves.Length);
        legal.AsSpan(0, moves.Length).CopyTo(priors);
    }

    // Of the first few numbers; there is room for whole vectors.
    static void SoftMax(float[] numbers, int count)
    {
        var whole = MemoryMarshal.Cast<float, Vector256<float>>(numbers.AsSpan(0, Padded(count)));
        numbers.AsSpan(count, Padded(count) - count).Fill(float.NegativeInfinity);
        var (largest, sum) = (whole[0], Vector256<float>.Zero);
        foreach (var eight in whole) largest = Vector256.MaxNative(largest, eight);
        largest = Vector256.Create(MoveGroup.Largest.Of(largest));
        foreach (ref var eight in whole) sum += eight = Vector256.Exp(eight - largest);
        var all = Vector256.Create(Vector256.Sum(sum));
        foreach (ref var eight in whole) eight /= all;
    }

    static int Padded(int count) => (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    // The network has a plan for each size of a batch: a few sizes serve all.
    static int Batch(int leaves) => leaves <= 8 ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)leaves) : (leaves + 7) / 8 * 8;

    static string Describe(IGame<TMove> game) => game is IPlanes board
        ? $"planes [{board.Height}, {board.Width}, {board.PlaneCount}] and {game.ActionCount}"
        : "no planes";
}
