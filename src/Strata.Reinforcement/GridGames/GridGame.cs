using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A game on 10×10 cells by the rules of MinAtar (Young and Tian 2019): small worlds with the difficulties of Atari games. The observation
/// is [10, 10, channels] of zeros and ones, uint8.</summary>
public abstract class GridGame : RandomEnv
{
    /// <summary>Cells along each side.</summary>
    public const int Size = 10;

    readonly GridMove[] moves;
    readonly int channels;
    readonly double stickiness;
    GridMove last;

    private protected GridGame(int channels, double stickiness, bool allActions, params GridMove[] minimal)
        : base(new Box(0, 1, [Size, Size, channels], DType.UInt8), new Discrete(allActions ? 6 : minimal.Length))
    {
        moves = allActions ? Enum.GetValues<GridMove>() : minimal;
        (this.channels, this.stickiness) = (channels, stickiness);
    }

    /// <summary>What the actions mean, by their numbers.</summary>
    public IReadOnlyList<GridMove> Moves => moves;

    /// <summary>Begins a game, drawing what is random about it.</summary>
    private protected abstract void Start();

    /// <summary>Plays one tick.</summary>
    private protected abstract StepResult Tick(GridMove move);

    /// <summary>Marks the cells of the observation, which is empty.</summary>
    private protected abstract void Draw();

    /// <summary>Sets a cell of a channel.</summary>
    private protected void Mark(int row, int column, int channel) => Writable<byte>()[(((row * Size) + column) * channels) + channel] = 1;

    /// <inheritdoc/>
    protected sealed override void Begin()
    {
        last = GridMove.None;
        Start();
        Show();
    }

    /// <inheritdoc/>
    protected sealed override StepResult Advance(AgentAction action)
    {
        // With this probability the last action is repeated, so that no fixed sequence can be learned by heart.
        if (stickiness == 0 || !Random.Chance(stickiness)) last = moves[action.Index];
        var result = Tick(last);
        Show();
        return result;
    }

    void Show()
    {
        Writable<byte>().Clear();
        Draw();
    }

    /// <inheritdoc/>
    public sealed override Image Render()
    {
        const int Cell = 16;
        var canvas = new Canvas(Size * Cell, Size * Cell).Rectangle(0, 0, Size * Cell, Size * Cell, Color.Black);
        var cells = Observation<byte>();
        for (var i = 0; i < Size * Size; i++)
            for (var c = channels - 1; c >= 0; c--)
                if (cells[(i * channels) + c] != 0) canvas.Rectangle(i % Size * Cell, i / Size * Cell, Cell, Cell, Color.OfHue((double)c / channels));
        return canvas.ToImage();
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref last);
    }
}
