using Strata.Cli;

return Application.Run(args);
