using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>How the weights of a recurrent cell begin, are penalized and are held in bounds: the arguments that a cell and the layer around it share.</summary>
internal sealed class RecurrentSettings
{
    public Initializer KernelInitializer = Initializer.GlorotUniform, RecurrentInitializer = Initializer.Orthogonal, BiasInitializer = Initializer.Zeros;
    public Regularizer? KernelRegularizer, RecurrentRegularizer, BiasRegularizer;
    public Constraint? KernelConstraint, RecurrentConstraint, BiasConstraint;

    public void Write(JsonObject config)
    {
        Write("kernel", KernelInitializer, KernelRegularizer, KernelConstraint);
        Write("recurrent", RecurrentInitializer, RecurrentRegularizer, RecurrentConstraint);
        Write("bias", BiasInitializer, BiasRegularizer, BiasConstraint);

        void Write(string name, Initializer initializer, Regularizer? regularizer, Constraint? constraint) =>
            (config[name + "_initializer"], config[name + "_regularizer"], config[name + "_constraint"]) = (Config.Of(initializer), Config.Of(regularizer), Config.Of(constraint));
    }

    public void Read(Config config)
    {
        (KernelInitializer, KernelRegularizer, KernelConstraint) = Read("kernel", KernelInitializer);
        (RecurrentInitializer, RecurrentRegularizer, RecurrentConstraint) = Read("recurrent", RecurrentInitializer);
        (BiasInitializer, BiasRegularizer, BiasConstraint) = Read("bias", BiasInitializer);

        (Initializer, Regularizer?, Constraint?) Read(string name, Initializer standard) => (
            config.Object<Initializer>(name + "_initializer") ?? standard, config.Object<Regularizer>(name + "_regularizer"), config.Object<Constraint>(name + "_constraint"));
    }
}
