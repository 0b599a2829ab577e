using Strata.Gallery.Vision.Classification;
using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>Networks that answer for one image, as peers/export_onnx.py writes them for ONNX Runtime.</summary>
internal static class Inference
{
    /// <summary>ResNet-50 (He et al. 2016), 224×224: 4.1 billion multiplications.</summary>
    public static Workload ResNet50 { get; } = new("resnet50", 2 * 4.089, () =>
    {
        var network = Gallery.Vision.Classification.ResNet.ResNet50();
        return Of(network, [1, 224, 224, 3]);
    });

    /// <summary>As <c>vgg16_infer</c>, <see cref="ResNet50"/> and <c>dqn_act</c>, under the names of the peer's script.</summary>
    public static IReadOnlyList<Workload> All { get; } = [Vgg.Vgg16Infer with { Name = "vgg16" }, ResNet50, QNetwork.Act with { Name = "dqn" }];

    static Action Of(Model model, Shape input)
    {
        var x = new RandomStream(0).Uniform(input);
        model.Apply(x); // builds the layers
        var infer = Compiled.Function((Tensor x) => model.Apply(x));
        return () => infer(x);
    }
}
