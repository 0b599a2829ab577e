using System.Globalization;

namespace Strata.Nn.Tests.Callbacks;

public sealed class CallbackTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-callbacks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Training in which <c>val_loss</c> takes these values epoch by epoch.</summary>
    static (History History, Sequential Model) Losses(double[] series, params Callback[] callbacks)
    {
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        var feed = new LambdaCallback { EpochEnd = (epoch, logs) => logs["val_loss"] = series[epoch] };
        var x = Tensor.Ones([4, 1]);
        return (model.Fit(x, x, epochs: series.Length, callbacks: [feed, .. callbacks], verbose: false), model);
    }

    [Fact]
    public void Early_stopping_waits_for_its_patience()
    {
        var stop = new EarlyStopping(patience: 2);
        Assert.Equal(4, Losses([1, .9, .95, .96, .1], stop).History.Epochs.Count);
        Assert.Equal((3, .9), (stop.StoppedEpoch, stop.Best));
        Assert.Equal(2, Losses([1, 1, .5], new EarlyStopping()).History.Epochs.Count); // patience 0: the first without improvement
        Assert.Equal(3, Losses([1, .9, .85, .1], new EarlyStopping(minDelta: .07)).History.Epochs.Count);
        Assert.Single(Losses([1, .9], new EarlyStopping(baseline: .5)).History.Epochs);
        Assert.Equal(2, Losses([1, .9, .8], new EarlyStopping(mode: MonitorMode.Max)).History.Epochs.Count);
        Assert.Contains("'val_acc' is not logged; there are 'loss', 'val_loss'", Assert.Throws<StrataException>(() => Losses([1], new EarlyStopping("val_acc"))).Message);
    }

    [Fact]
    public void Early_stopping_can_go_back_to_the_best_weights()
    {
        Tensor? best = null;
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        double[] series = [1, .5, .8, .9];
        model.Fit(
            Tensor.Ones([4, 1]), Tensor.Ones([4, 1]), epochs: 4, verbose: false, callbacks:
            [
                new LambdaCallback
                {
                    EpochEnd = (epoch, logs) =>
                    {
                        logs["val_loss"] = series[epoch];
                        if (epoch == 1) best = model.Weights[0].Value.Keep();
                    },
                },
                new EarlyStopping(patience: 2, restoreBestWeights: true),
            ]);
        Assert.Equal(best!.ToArray<float>(), model.Weights[0].Borrow().ToArray<float>());
    }

    [Fact]
    public void The_rate_falls_on_a_plateau_and_is_logged()
    {
        var (history, model) = Losses([1, 1, 1, 1, 1], new ReduceLROnPlateau(patience: 2, minRate: 2e-3));
        Check.Close([.1, .1, .1, .01, .01], Tensor.From([.. history["lr"]]), 1e-12);
        Check.Close(2e-3, model.Optimizer.LearningRate);
        Assert.Equal(.1, Losses([1, .9, .8, .7], new ReduceLROnPlateau(patience: 1)).Model.Optimizer.LearningRate);
        Check.Close([.1, .1, .01, .01, .01], Tensor.From([.. Losses([1, 1, 1, 1, 1], new ReduceLROnPlateau(patience: 1, cooldown: 3)).History["lr"]]), 1e-12);
    }

    [Fact]
    public void A_scheduler_sets_the_rate_before_each_epoch()
    {
        var (history, _) = Losses([1, 1, 1], new LearningRateScheduler((epoch, rate) => epoch == 0 ? .5 : rate / 2));
        Assert.Equal([.5, .25, .125], history["lr"]);
    }

    [Fact]
    public void Model_checkpoints_fill_in_their_path_and_can_keep_the_best_only()
    {
        Losses([.5, .25, .75], new ModelCheckpoint(Path.Combine(folder, "w-{epoch:02d}-{val_loss:.2f}.st")));
        Assert.Equal(["w-01-0.50.st", "w-02-0.25.st", "w-03-0.75.st"], Files("w-*"));
        Losses([.5, .25, .75, .1], new ModelCheckpoint(Path.Combine(folder, "b-{epoch}.st"), saveBestOnly: true));
        Assert.Equal(["b-1.st", "b-2.st", "b-4.st"], Files("b-*"));
        Losses([.5, .25, .75, .1], new ModelCheckpoint(Path.Combine(folder, "p-{epoch:02}.st"), period: 2));
        Assert.Equal(["p-02.st", "p-04.st"], Files("p-*"));
    }

    [Fact]
    public void Epochs_go_to_a_table_with_NA_where_a_number_is_missing()
    {
        var path = Path.Combine(folder, "log.csv");
        var remove = new LambdaCallback { EpochEnd = (epoch, logs) => { if (epoch == 0) logs["extra"] = .5; } };
        Losses([1, .5], remove, new CSVLogger(path));
        var lines = File.ReadAllLines(path);
        Assert.Equal("epoch,extra,loss,val_loss", lines[0]);
        Assert.Matches(@"^0,0\.5,\d[^,]*,1$", lines[1]);
        Assert.Matches(@"^1,NA,\d[^,]*,0\.5$", lines[2]);
        Losses([1], new CSVLogger(path, append: true));
        Assert.Equal(4, File.ReadAllLines(path).Length);
        Losses([1], new CSVLogger(path));
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void Callbacks_see_every_event_in_order()
    {
        var events = new List<string>();
        var model = new Sequential(new Dense(1));
        model.Compile(new SGD(), Loss.MeanSquaredError);
        model.Fit(Tensor.Ones([3, 1]), Tensor.Ones([3, 1]), batchSize: 2, epochs: 2, verbose: false, callbacks:
        [
            new LambdaCallback
            {
                TrainBegin = run => events.Add($"train of {run.Epochs}"),
                TrainEnd = _ => events.Add("end"),
                EpochBegin = epoch => events.Add($"epoch {epoch}"),
                EpochEnd = (epoch, logs) => events.Add($"/epoch {epoch} {string.Join(",", logs.Names)}"),
                BatchBegin = step => events.Add($"{step}"),
                BatchEnd = (step, _) => events.Add($"/{step}"),
            },
        ]);
        Assert.Equal("train of 2|epoch 0|0|/0|1|/1|/epoch 0 loss|epoch 1|0|/0|1|/1|/epoch 1 loss|end", string.Join('|', events));
    }

    [Fact]
    public void Training_can_be_stopped_after_a_step()
    {
        var model = new Sequential(new Dense(1));
        model.Compile(new SGD(), Loss.MeanSquaredError);
        Callback stop = null!;
        stop = new LambdaCallback { BatchEnd = (step, _) => stop.Run.StopTraining = step == 1 };
        model.Fit(Tensor.Ones([10, 1]), Tensor.Ones([10, 1]), batchSize: 2, epochs: 9, callbacks: [stop], verbose: false);
        Assert.Equal(2, model.Optimizer.Iterations);
    }

    [Fact]
    public void Progress_is_plain_lines_in_a_pipe_and_a_moving_bar_on_a_terminal()
    {
        var (plain, live) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(), Loss.MeanSquaredError);
        var slow = new LambdaCallback { BatchBegin = _ => Thread.Sleep(60) };
        var x = Tensor.Ones([8, 1]);
        model.Fit(x, x, batchSize: 2, epochs: 2, validation: (x, x), callbacks: [new ProgressBar(plain, false), new ProgressBar(live, true), slow], verbose: false);
        var lines = plain.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(3, lines.Length);
        Assert.Equal("Train on 8 samples, validate on 8 samples", lines[0]);
        Assert.Matches(@"^Epoch 1/2 - \d\.\d s - \d+ examples/s - loss: \d\.\d{4} - val_loss: \d\.\d{4}$", lines[1]);
        Assert.DoesNotContain('\r', plain.ToString().Replace(Environment.NewLine, ""));
        Assert.Matches(@"\rEpoch 1/2 step \d/4 \[=+>\.*\] \d+ examples/s - \d\.\d s left - loss: \d\.\d{4}", live.ToString());
    }

    string[] Files(string pattern) => [.. Directory.GetFiles(folder, pattern).Select(f => Path.GetFileName(f)!).Order()];
}
