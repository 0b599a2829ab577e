namespace Strata.Bench.Workloads;

/// <summary>One line of the table: work that Strata and its peer do alike.</summary>
/// <param name="Name">As in the peer's script.</param>
/// <param name="Gigaflops">Floating-point operations of one step, in billions, counting products and sums of matrix products and convolutions.</param>
/// <param name="Create">Makes the step.</param>
internal sealed record Workload(string Name, double Gigaflops, Func<Action> Create)
{
    /// <summary>All workloads, in the order of the table.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        Products.Gemm1024, Convolutions.Conv3x3, Perceptron.Mlp, LeNet.LeNet5, ResNet.ResNet20, HighwayNetwork.Highway50, LanguageModel.LstmLm,
        RecurrentCell.GruCellLoop, Autoencoder.Vae, QNetwork.Learn, QNetwork.Act, Policy.Act, Vgg.Vgg16Infer,
    ];
}
