namespace Strata.Nn;

/// <summary>An LSTM over sequences of images, whose products are convolutions (Shi et al. 2015; see <see cref="ConvLSTM2DCell"/>);
/// x [n, t, h, w, in] → y [n, h', w', filters] or [n, t, h', w', filters].</summary>
public sealed class ConvLSTM2D : KernelRNN
{
    /// <summary>Makes a convolutional LSTM.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel">Height and width of the windows.</param>
    /// <param name="strides">Steps of the input's window.</param>
    /// <param name="padding">How the input's borders are treated; by default <see cref="Padding.Valid"/>. The recurrent convolution always keeps the size.</param>
    /// <param name="dilation">Distance between neighbors in the input's window; not together with strides.</param>
    /// <param name="activation">By default tanh.</param>
    /// <param name="recurrentActivation">That of the gates, by default <see cref="Activation.HardSigmoid"/>.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="unitForgetBias">Whether the bias of the forget gate begins at 1.</param>
    /// <param name="dropout">The share of the input that is dropped in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The share of the state that is dropped in training, the same at all steps.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
    /// <param name="returnState">Whether the final states are outputs, too.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; outputs stay in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the one before ended with.</param>
    public ConvLSTM2D(
        int filters,
        Window kernel,
        Window? strides = null,
        Padding padding = default,
        Window? dilation = null,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        bool unitForgetBias = true,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false)
        : base(new ConvLSTM2DCell(filters, kernel, strides, padding, dilation, activation, recurrentActivation, useBias, unitForgetBias, dropout, recurrentDropout), returnSequences, returnState, goBackwards, stateful)
    {
    }

    ConvLSTM2D(ConvLSTM2DCell cell, Config config)
        : base(cell, config)
    {
    }

    internal static new ConvLSTM2D FromConfig(Config c) => new(ConvLSTM2DCell.FromConfig(c), c);
}
