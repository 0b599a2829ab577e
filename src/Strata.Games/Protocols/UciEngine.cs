using Strata.Games.Chess;
using Strata.Games.Players;

namespace Strata.Games.Protocols;

/// <summary>Chess over the Universal Chess Interface.</summary>
/// <param name="player">Chooses the moves; by default alpha-beta search over material.</param>
/// <param name="limits">What a <c>go</c> without bounds may spend; a second by default.</param>
/// <param name="variant">The board; standard chess by default.</param>
public sealed class UciEngine(IPlayer<ChessMove>? player = null, SearchLimits? limits = null, ChessVariant? variant = null)
    : UniversalEngine<ChessMove>(player ?? new AlphaBetaPlayer<ChessGame, ChessMove>(new ChessHeuristic(), "Strata alpha-beta"), limits)
{
    readonly ChessVariant variant = variant ?? ChessVariant.Standard;
    ChessGame game = ChessGame.Start(variant ?? ChessVariant.Standard);

    /// <inheritdoc/>
    protected override IGame<ChessMove> Game => game;

    /// <inheritdoc/>
    protected override string Opening => "uci";

    /// <inheritdoc/>
    protected override string Greeting => $"id name {PlayerName}\nid author The Strata authors";

    /// <inheritdoc/>
    protected override string NoMove => "(none)";

    /// <inheritdoc/>
    protected override bool WhiteClock => game.Player == 0;

    /// <inheritdoc/>
    protected override void NewGame() => game = ChessGame.Start(variant);

    /// <inheritdoc/>
    protected override void SetPosition(ReadOnlySpan<string> words)
    {
        var (start, moves) = PositionWords.Split(words, "fen", variant.Start);
        var next = ChessGame.FromFen(start, variant);
        foreach (var move in moves) next.Play(move);
        game = next;
    }
}
