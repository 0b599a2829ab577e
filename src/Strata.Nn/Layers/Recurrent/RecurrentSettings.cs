namespace Strata.Nn;

/// <summary>How the weights of a recurrent cell begin, are penalized and are held in bounds: the arguments that a cell and the layer around it share.</summary>
internal sealed class RecurrentSettings
{
    public Initializer KernelInitializer = Initializer.GlorotUniform, RecurrentInitializer = Initializer.Orthogonal, BiasInitializer = Initializer.Zeros;
    public Regularizer? KernelRegularizer, RecurrentRegularizer, BiasRegularizer;
    public Constraint? KernelConstraint, RecurrentConstraint, BiasConstraint;
}
