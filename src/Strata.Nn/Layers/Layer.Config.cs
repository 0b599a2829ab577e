using System.Text.Json.Nodes;

namespace Strata.Nn;

public abstract partial class Layer
{
    /// <summary>The arguments by the names that Keras gives them: enough to make the layer again, without its weights.</summary>
    /// <exception cref="ConfigException">An argument has no description: a function without a registered name.</exception>
    public JsonObject GetConfig()
    {
        var config = new JsonObject { ["name"] = Name, ["trainable"] = Trainable };
        WriteCommon(config);
        Write(config);
        return config;
    }

    /// <summary>A layer made from what <see cref="GetConfig"/> wrote, with fresh weights.</summary>
    /// <param name="className">The name of its class, which is of this library or registered in <see cref="CustomObjects"/>.</param>
    /// <param name="config">The arguments.</param>
    /// <exception cref="ConfigException">The class is unknown or an argument is missing or wrong.</exception>
    public static Layer FromConfig(string className, JsonObject config) => CustomObjects.Make<Layer>(className, config);

    /// <summary>Writes the arguments of the constructor and of properties of the layer's own.</summary>
    protected virtual void Write(JsonObject config)
    {
    }

    /// <summary>Writes the arguments that the layer's base has.</summary>
    private protected virtual void WriteCommon(JsonObject config)
    {
        if (dtype != DType.Float32) config["dtype"] = dtype.Name();
        if (activityRegularizer is not null) config["activity_regularizer"] = Config.Of(activityRegularizer);
    }

    void IHasCommonArguments.ReadCommon(Config config) => ReadCommon(config);

    /// <summary>Reads what <see cref="GetConfig"/> wrote but the constructor does not take.</summary>
    internal virtual void ReadCommon(Config config)
    {
        if (config.Has("name"))
        {
            // A name that a model gave stays one that another model may change.
            var text = config.Text("name");
            var stem = SnakeCase.Of(GetType().Name);
            if (text.StartsWith(stem + "_", StringComparison.Ordinal) && text[(stem.Length + 1)..].All(char.IsAsciiDigit)) given = text;
            else if (text != stem) name = text;
        }

        if (config.Has("trainable")) Trainable = config.Bool("trainable");
        dtype = config.Has("dtype") ? config.DType("dtype") : DType.Float32;
        activityRegularizer = config.Object<Regularizer>("activity_regularizer");
    }
}
