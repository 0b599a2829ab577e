using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery;

/// <summary>A model that a file holds, of whichever kind: one that was saved whole, what a run left behind, a network of torchvision's with weights, or an
/// ONNX file.</summary>
public sealed class ModelFile
{
    const string NetworkKey = "network";
    readonly Action<string> save;

    ModelFile(Model model, string name, Action<string> save, ImageReader? reader = null) => (Model, Name, this.save, Reader) = (model, name, save, reader);

    /// <summary>The model; its weights exist.</summary>
    public Model Model { get; }

    /// <summary>What people call it: the recipe's name, the network's, or that of the file without its ending.</summary>
    public string Name { get; }

    /// <summary>How a recipe's model reads pictures; null: the model is of no recipe.</summary>
    public ImageReader? Reader { get; }

    /// <summary>What its weights are called in PyTorch.</summary>
    public TorchNames TorchNames => Model is ImageClassifier network ? network.TorchNames : new();

    /// <summary>The model of a file, with its weights.</summary>
    /// <param name="path">The file, or the folder of a run. Images of an ONNX file are [n, channels, height, width], as it says.</param>
    /// <param name="size">Height and width of the pictures for weights of torchvision; 0: those that they were trained on.</param>
    /// <exception cref="StrataException">The file is missing or damaged, or holds no model that can be made without code.</exception>
    public static ModelFile Open(string path, int size = 0)
    {
        if (Directory.Exists(path)) path = Path.Combine(path, "model.strata");
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return OpenOnnx(path);
        if (TorchvisionFile.Fits(path))
            return new(TorchvisionFile.Open(path, size), Path.GetFileNameWithoutExtension(path), _ => throw new StrataException($"'{path}' does not name its network, which a .strata file must; name it with --model."));
        var notes = Model.ReadNotes(path);
        if (notes.TryGetValue(NetworkKey, out var network))
        {
            var known = OfNetwork(network) ?? throw new StrataException($"'{path}' holds weights of the network '{network}', which this program does not know.");
            known.Model.LoadWeights(path);
            return known;
        }

        if (TrainedModel.IsOfRecipe(notes))
        {
            var (recipe, preset) = (TrainedModel.RecipeOf(path), TrainedModel.PresetOf(path));
            var reader = recipe.ReaderOf(preset) ?? throw new StrataException($"'{path}' holds weights of '{recipe.Id}', whose model is made by its code alone; only the models of recipes that read pictures can be opened.");
            var trained = TrainedModel.Load(path, reader);
            return new(trained, recipe.Id, to => TrainedModel.Save(to, recipe, preset, trained), reader);
        }

        var model = Model.Load(path);
        return new(model, Path.GetFileNameWithoutExtension(path), model.Save);
    }

    /// <summary>Whether <see cref="Open"/> can make the model of a file that this library wrote; otherwise the file holds weights alone.</summary>
    /// <exception cref="StrataException">The file is missing or damaged.</exception>
    public static bool HoldsModel(string path) => Model.ReadNotes(path) is var notes
        && (notes.ContainsKey(NetworkKey) || (TrainedModel.IsOfRecipe(notes) ? TrainedModel.RecipeOf(path).ReaderOf(TrainedModel.PresetOf(path)) is not null : Model.IsWhole(path)));

    /// <summary>A model to load weights into: that of a file, or one of torchvision's networks by name, with fresh weights.</summary>
    /// <exception cref="StrataException">There is neither such a file nor such a network.</exception>
    public static ModelFile Architecture(string name) => !Path.Exists(name) && OfNetwork(name) is { } network ? network
        : Path.Exists(name) ? Open(name)
        : throw new StrataException($"There is no file '{name}' and no network of that name; the networks are {string.Join(", ", ImageClassifier.Named.Keys)}.");

    /// <summary>Saves the model so that <see cref="Open"/> finds it; the file is replaced as a whole or not at all.</summary>
    /// <exception cref="StrataException">It cannot be written, or the model has no description.</exception>
    public void Save(string path) => save(path);

    static ModelFile? OfNetwork(string name)
    {
        if (!ImageClassifier.Named.TryGetValue(name, out var create)) return null;
        var network = create();
        network.BuildFor([network.InputSize, network.InputSize, 3]);
        return new(network, name, path => network.SaveWeights(path, new Dictionary<string, string> { [NetworkKey] = name }));
    }

    static ModelFile OpenOnnx(string path)
    {
        var model = OnnxFile.Import(path, channelsLast: false);
        _ = model.InputTypes; // makes the weights, or says why it cannot
        return new(model, Path.GetFileNameWithoutExtension(path), _ => throw new StrataException($"'{path}' is a graph of ONNX's operators, which no .strata file describes; write its weights alone, or load them into another model."));
    }
}
