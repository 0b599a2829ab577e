namespace Strata.Nn;

/// <summary>Where a training stands: what callbacks see.</summary>
public sealed class TrainingRun
{
    internal TrainingRun(Model model) => Model = model;

    /// <summary>The model that is trained.</summary>
    public Model Model { get; }

    /// <summary>The number of the epoch that training stops before.</summary>
    public int Epochs { get; internal set; }

    /// <summary>The epoch that is under way, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Steps of this epoch that are done.</summary>
    public int Step { get; internal set; }

    /// <summary>Steps of an epoch; null when not known.</summary>
    public int? StepsPerEpoch { get; internal set; }

    /// <summary>Examples of this epoch that are done.</summary>
    public long Examples { get; internal set; }

    /// <summary>Whether there is a validation after each epoch.</summary>
    public bool HasValidation { get; internal set; }

    /// <summary>How many examples an epoch and its validation have; null when not known.</summary>
    public (int Training, int? Validation)? ExampleCounts { get; internal set; }

    /// <summary>Set by a callback to end training after the step or the epoch that is under way.</summary>
    public bool StopTraining { get; set; }

    /// <summary>What was logged in the epochs that are done.</summary>
    public History History { get; internal set; } = new();
}
