// Trains a small model with everything in it that a checkpoint must hold (dropout, moving statistics, Adam, a callback with a memory), saving every few
// steps. The test kills it at some moment and starts it again.
using Strata;
using Strata.Nn;
using Strata.Random;

var (checkpoint, result, pause) = (args[0], args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));

var random = new RandomStream(1);
var x = random.Normal([120, 8]);
var y = x.Sum(1, keepDims: true);

var model = new Sequential(new Dense(16, Activation.Tanh), new BatchNormalization(), new Dropout(0.3), new Dense(1)) { Seed = 7 };
model.Compile(new Adam(0.01), Loss.MeanSquaredError, Loss.MeanAbsoluteError);
var history = model.Fit(
    x,
    y,
    batchSize: 16,
    epochs: 8,
    validationSplit: 0.1,
    callbacks:
    [
        new ReduceLROnPlateau("loss", factor: 0.5, patience: 1, minDelta: 0.5),
        new LambdaCallback
        {
            BatchEnd = (_, _) =>
            {
                Console.WriteLine("step");
                if (pause > 0) Thread.Sleep(pause);
            },
        },
    ],
    checkpoint: new Checkpointing(checkpoint) { EverySteps = 3 },
    verbose: false);
model.SaveWeights(result);
foreach (var name in history.Names) Console.WriteLine($"{name} {string.Join(' ', history[name].Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}");
