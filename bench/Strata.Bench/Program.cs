using System.CommandLine;
using Strata.Bench;
using Strata.Bench.Formats;
using Strata.Bench.Serving;
using Strata.Bench.Words;

var root = new RootCommand("Benchmarks of Strata, beside its peers in the same run.")
{
    WorkloadsCommand.Create(),
    RuntimeCommand.Create(),
    StartupCommand.Create(),
    ScalingCommand.Create(),
    ProductsCommand.Create(),
    FusionCommand.Create(),
    EnvironmentsCommand.Create(),
    SearchCommand.Create(),
    CartPoleCommand.Create(),
    AsynchronousCommand.Create(),
    FuzzCommand.Create(),
    ImagesCommand.Create(),
    OnnxCommand.Create(),
    TorchvisionCommand.Create(),
    WordVectorsCommand.Create(),
    ServeCommand.Create(),
};
return root.Parse(args).Invoke();
