using System.CommandLine;
using Strata.Bench;

var root = new RootCommand("Benchmarks of Strata, beside its peers in the same run.")
{
    WorkloadsCommand.Create(),
    ProductsCommand.Create(),
    FusionCommand.Create(),
    EnvironmentsCommand.Create(),
    SearchCommand.Create(),
};
return root.Parse(args).Invoke();
