using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.Players;
using Strata.Games.Protocols;
using Strata.Games.Shogi;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>What <c>strata play</c> runs: an engine over the protocol of its game, with a trained network and tree search if there is one,
/// with plain search otherwise: alpha-beta for chess and shogi, tree search with random playouts for Go.</summary>
public static class GameEngine
{
    const int Leaves = 8;

    /// <summary>Answers commands until <c>quit</c> or the end of the input.</summary>
    /// <param name="game">One of <see cref="PlayCommand.Games"/>.</param>
    /// <param name="model">The model file of a run; null plays without a network.</param>
    /// <param name="input">Commands of the protocol.</param>
    /// <param name="output">Its answers.</param>
    /// <exception cref="StrataException">The model plays no game, or another one.</exception>
    /// <exception cref="FormatException">There is no such game.</exception>
    public static void Run(string game, string? model, TextReader input, TextWriter output)
    {
        if (model is null)
        {
            if (game == "go") new GtpEngine(Playouts()).Run(input, output);
            else PlayCommand.Run(game, input, output);
            return;
        }

        if (!PlayCommand.Games.Contains(game)) PlayCommand.Run(game, input, output); // says which there are
        var path = Directory.Exists(model) ? Path.Combine(model, "model.strata") : model;
        var (recipe, preset) = (TrainedModel.RecipeOf(path), TrainedModel.PresetOf(path));
        var player = recipe.PlayerOf(preset) ?? throw new StrataException($"'{path}' holds the model of '{recipe.Id}' ({preset.Name}), which plays none of {string.Join(", ", PlayCommand.Games)}.");
        if (player.Game != game) throw new StrataException($"'{path}' holds a model that plays {player.Game}, not {game}.");
        var network = new PolicyValueNetwork(player.Size, 0);
        network.LoadWeights(path);
        var frozen = network.Freeze();
        var name = $"Strata {recipe.Title}";
        switch (game)
        {
            case "chess" or "gardner":
                var chess = game == "chess" ? ChessVariant.Standard : ChessVariant.Gardner;
                new UciEngine(Player(ChessGame.Start(chess)), variant: chess).Run(input, output);
                break;
            case "shogi" or "minishogi":
                var shogi = game == "shogi" ? ShogiVariant.Standard : ShogiVariant.Mini;
                new UsiEngine(Player(ShogiGame.FromSfen(shogi.Start, shogi)), variant: shogi).Run(input, output);
                break;
            default:
                new GtpEngine(Player(new GoGame(player.BoardSize)), size: player.BoardSize, fixedSize: true).Run(input, output);
                break;
        }

        IPlayer<TMove> Player<TMove>(IGame<TMove> start)
            where TMove : unmanaged, IEquatable<TMove> =>
            new TreeSearchPlayer<TMove>(name, () => new NetworkEvaluator<TMove>(frozen, start, Leaves), player.Search with { Leaves = Leaves });
    }

    /// <summary>Plain UCT for Go: what <c>strata play go</c> is without a network.</summary>
    static TreeSearchPlayer<GoMove> Playouts() => new("Strata UCT", () => new PlayoutEvaluator<GoMove>(new GoPlayout()), SearchSettings.Uct);
}
