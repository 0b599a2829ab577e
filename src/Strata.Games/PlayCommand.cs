using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.Players;
using Strata.Games.Protocols;
using Strata.Games.Shogi;

namespace Strata.Games;

/// <summary>The console's <c>play</c>: an engine that speaks the protocol of its game — UCI, USI or GTP — over two streams of text.</summary>
public static class PlayCommand
{
    /// <summary>The games it knows.</summary>
    public static IReadOnlyList<string> Games { get; } = ["chess", "gardner", "shogi", "minishogi", "go"];

    /// <summary>Answers commands until <c>quit</c> or the end of the input.</summary>
    /// <param name="game">One of <see cref="Games"/>.</param>
    /// <param name="input">Commands of the protocol.</param>
    /// <param name="output">Its answers.</param>
    /// <param name="limits">What a move may spend where the protocol sets no bound; a second by default.</param>
    /// <exception cref="FormatException">There is no such game.</exception>
    public static void Run(string game, TextReader input, TextWriter output, SearchLimits? limits = null)
    {
        switch (game)
        {
            case "chess":
                new UciEngine(limits: limits).Run(input, output);
                break;
            case "gardner":
                new UciEngine(limits: limits, variant: ChessVariant.Gardner).Run(input, output);
                break;
            case "shogi":
                new UsiEngine(limits: limits).Run(input, output);
                break;
            case "minishogi":
                new UsiEngine(limits: limits, variant: ShogiVariant.Mini).Run(input, output);
                break;
            case "go":
                new GtpEngine(limits: limits).Run(input, output);
                break;
            default:
                throw new FormatException($"play: there is no game '{Quote.Short(game)}'; there are {string.Join(", ", Games)}.");
        }
    }
}
