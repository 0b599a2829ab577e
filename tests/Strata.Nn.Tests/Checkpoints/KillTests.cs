using System.Diagnostics;
using System.Globalization;

namespace Strata.Nn.Tests.Checkpoints;

/// <summary>Training in a process of its own that is killed without warning (SIGKILL) and started again.</summary>
public sealed class KillTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-kill-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Training_that_was_killed_goes_on_to_the_very_weights_of_one_that_was_not()
    {
        var whole = Finish("whole");
        var moment = new System.Random();
        var kills = 0;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var process = Start("cut", pause: 8);
            // After some steps, and then at any moment of the next: in the middle of a step or of saving.
            for (var step = moment.Next(5, 20); step > 0 && process.StandardOutput.ReadLine() is not null; step--)
            {
            }

            Thread.Sleep(moment.Next(0, 25));
            if (!process.HasExited) kills++;
            process.Kill();
            process.WaitForExit();
        }

        Assert.True(kills > 0, "training ended before it could be killed");
        Assert.False(File.Exists(Path.Combine(folder, "cut.st")));
        Assert.True(File.Exists(Path.Combine(folder, "cut.ckpt")));
        var resumed = Finish("cut");
        Assert.Equal(whole.Log, resumed.Log);
        Assert.True(resumed.Steps < whole.Steps, "training began anew");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "whole.st")), File.ReadAllBytes(Path.Combine(folder, "cut.st")));
    }

    (string Log, int Steps) Finish(string name)
    {
        using var process = Start(name, pause: 0);
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return (string.Join('\n', lines.Where(l => l.Trim() != "step")), lines.Count(l => l.Trim() == "step"));
    }

    Process Start(string name, int pause) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "Strata.Nn.Tests.Trainer.dll"),
            Path.Combine(folder, name + ".ckpt"),
            Path.Combine(folder, name + ".st"),
            pause.ToString(CultureInfo.InvariantCulture),
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
