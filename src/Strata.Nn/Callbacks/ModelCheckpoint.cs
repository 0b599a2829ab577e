using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Nn;

/// <summary>Saves the model's weights after epochs. (For a run that can be killed and taken up again: <see cref="Checkpointing"/>.)</summary>
/// <param name="path">Where to; <c>{epoch:02}</c> (from 1) and names of logs, <c>{val_loss:.2f}</c>, are filled in.</param>
/// <param name="monitor">The name of the number in the logs that tells which epoch is best.</param>
/// <param name="saveBestOnly">Whether to save only when it is better than ever.</param>
/// <param name="mode">Which direction is better.</param>
/// <param name="period">How many epochs apart.</param>
public sealed partial class ModelCheckpoint(
    string path, string monitor = "val_loss", bool saveBestOnly = false, MonitorMode mode = MonitorMode.Auto, int period = 1) : Callback
{
    readonly Improvement improvement = new(monitor, mode, 0);
    int since;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        improvement.Reset();
        since = 0;
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        if (++since < period) return;
        since = 0;
        if (!saveBestOnly || improvement.Take(improvement.Of(logs, nameof(ModelCheckpoint)))) Run.Model.SaveWeights(Fill(path, epoch + 1, logs));
    }

    /// <inheritdoc/>
    protected internal override void Save(State state)
    {
        state.Put("best", improvement.Best);
        state.Put("since", since);
    }

    /// <inheritdoc/>
    protected internal override void Load(State state) => (improvement.Best, since) = (state.Double("best"), (int)state.Integer("since"));

    static string Fill(string path, int epoch, Logs logs) => Field().Replace(path, match =>
    {
        var name = match.Groups["name"].Value;
        var value = name == "epoch" ? epoch : logs[name];
        if (match.Groups["digits"] is { Success: true, Value: var digits }) return value.ToString("F" + digits, CultureInfo.InvariantCulture);
        var width = match.Groups["width"] is { Success: true, Value: var text } ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return value.ToString("G", CultureInfo.InvariantCulture).PadLeft(width, '0');
    });

    // {name}, {name:02}, {name:02d} or {name:.2f}
    [GeneratedRegex(@"\{(?<name>\w+)(:(\.(?<digits>\d)f|0?(?<width>\d)d?))?\}")]
    private static partial Regex Field();
}
