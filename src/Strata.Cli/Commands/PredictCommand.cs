using System.CommandLine;
using Spectre.Console;
using Strata.Formats.Images;
using Strata.Gallery;
using Strata.Nn;

namespace Strata.Cli.Commands;

/// <summary><c>strata predict CHECKPOINT IMAGE…</c>: reads pictures with a model that a run trained.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "The file model.strata of a run." };
        var images = new Argument<string[]>("IMAGE") { Description = "PNG files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("predict", "Reads pictures with a model that a run trained.") { checkpoint, images };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(checkpoint);
            var recipe = TrainedModel.RecipeOf(path);
            var reader = recipe.ReaderOf(TrainedModel.PresetOf(path)) ?? throw new StrataException($"'{path}' holds the model of '{recipe.Id}', which does not read pictures.");
            var model = TrainedModel.Load(path, reader);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("picture", "class", "probability", "next");
            foreach (var file in parsed.GetRequiredValue(images)) table.AddRow(Row(file, model, reader));
            AnsiConsole.Write(table);
            return Application.Ok;
        });
        return command;
    }

    static Text[] Row(string file, Model model, ImageReader reader)
    {
        var probabilities = model.Predict(Prepared(Png.Read(file), reader.Input)).Cast(DType.Float64).ToArray<double>();
        var best = probabilities.Select((p, i) => (Probability: p, Class: reader.Classes[i])).OrderByDescending(c => c.Probability).ToArray();
        var next = string.Join(", ", best.Skip(1).Take(2).Select(c => $"{c.Class} ({Verdict.Text(c.Probability)})"));
        return [new(file), new(best[0].Class), new(Verdict.Text(best[0].Probability)), new(next)];
    }

    /// <summary>The picture as the model takes it: [1, height, width, channels] in [0, 1]; grey pictures drawn dark on bright are inverted.</summary>
    internal static Tensor Prepared(Image image, Shape input)
    {
        var picture = image.To8Bit();
        var (h, w, c) = (picture.Height, picture.Width, picture.Channels);
        var x = Tensor.From(picture.Bytes, [1, h, w, c]).Cast(DType.Float32) / 255.0;
        if (picture.HasAlpha)
        {
            var alpha = x[.., .., .., (c - 1)..];
            (x, c) = ((x[.., .., .., ..(c - 1)] * alpha) + (1 - alpha), c - 1); // over white
        }

        if (input[2] == 1 && c == 3) x = (x * Tensor.From(0.299f, 0.587f, 0.114f)).Sum(-1, keepDims: true);
        if (input[2] == 3 && c == 1) x = x.Tile(1, 1, 1, 3);
        if (input[2] == 1 && Border(x) > 0.5) x = 1 - x;
        return h == input[0] && w == input[1] ? x : x.Resize(input[0], input[1]);
    }

    static double Border(Tensor x) =>
        (x[.., 0, .., ..].Mean() + x[.., ^1, .., ..].Mean() + x[.., .., 0, ..].Mean() + x[.., .., ^1, ..].Mean()).Item() / 4;
}
