using Strata.Games.Players;
using Strata.Games.Shogi;

namespace Strata.Games.Protocols;

/// <summary>Shogi over the Universal Shogi Interface.</summary>
/// <param name="player">Chooses the moves; by default alpha-beta search over material.</param>
/// <param name="limits">What a <c>go</c> without bounds may spend; a second by default.</param>
/// <param name="variant">The board; standard shogi by default.</param>
public sealed class UsiEngine(IPlayer<ShogiMove>? player = null, SearchLimits? limits = null, ShogiVariant? variant = null)
    : UniversalEngine<ShogiMove>(player ?? new AlphaBetaPlayer<ShogiGame, ShogiMove>(new ShogiHeuristic(), "Strata alpha-beta"), limits)
{
    readonly ShogiVariant variant = variant ?? ShogiVariant.Standard;
    ShogiGame game = ShogiGame.Start(variant ?? ShogiVariant.Standard);

    /// <inheritdoc/>
    protected override IGame<ShogiMove> Game => game;

    /// <inheritdoc/>
    protected override string Opening => "usi";

    /// <inheritdoc/>
    protected override string Greeting => $"id name {PlayerName}\nid author The Strata authors";

    /// <inheritdoc/>
    protected override string NoMove => "resign";

    /// <inheritdoc/>
    /// <remarks>In shogi black moves first and its clock is <c>btime</c>.</remarks>
    protected override bool WhiteClock => game.Player == 1;

    /// <inheritdoc/>
    protected override void NewGame() => game = ShogiGame.Start(variant);

    /// <inheritdoc/>
    /// <remarks>A win by impasse is declared as soon as it can be.</remarks>
    protected override string? ImmediateReply(ReadOnlySpan<string> words) =>
        words.Length > 0 && words[0] == "mate" ? "checkmate notimplemented" : game.CanDeclareWin ? "bestmove win" : null;

    /// <inheritdoc/>
    protected override void SetPosition(ReadOnlySpan<string> words)
    {
        var (start, moves) = PositionWords.Split(words, "sfen", variant.Start);
        var next = ShogiGame.FromSfen(start, variant);
        foreach (var move in moves) next.Play(move);
        game = next;
    }
}
