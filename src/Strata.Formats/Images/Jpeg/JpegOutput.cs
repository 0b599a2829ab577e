namespace Strata.Formats.Images;

/// <summary>From the components' samples to pixels: components with fewer samples are interpolated, then colors become RGB.</summary>
static class JpegOutput
{
    public static Image Make(JpegFrame frame, int? adobeTransform, bool jfif)
    {
        var (height, width, channels) = (frame.Height, frame.Width, frame.Components.Length);
        var rows = new byte[channels][];
        var pixels = GC.AllocateUninitializedArray<byte>(checked(height * width * (channels == 1 ? 1 : 3)));
        var padded = new ushort[frame.Components.Max(c => c.Width) + 2];
        if (channels > 1)
            for (var c = 0; c < channels; c++) rows[c] = new byte[(frame.UnitsWide * frame.MaxHorizontal * 8) + 8];
        var isRgb = channels == 3 && (adobeTransform == 0
            || (adobeTransform is null && !jfif && frame.Components is [{ Id: 'R' }, { Id: 'G' }, { Id: 'B' }]));
        for (var y = 0; y < height; y++)
        {
            var to = pixels.AsSpan(y * width * (channels == 1 ? 1 : 3));
            if (channels == 1)
            {
                frame.Components[0].Samples.AsSpan(y * frame.Components[0].Stride, width).CopyTo(to);
                continue;
            }

            for (var c = 0; c < channels; c++) UpsampleRow(frame, frame.Components[c], y, padded, rows[c]);
            if (channels == 4) JpegColors.FromCmyk(rows, width, adobeTransform, to);
            else if (isRgb) JpegColors.FromRgb(rows, width, to);
            else JpegColors.FromYCbCr(rows, width, to);
        }

        return new(height, width, channels == 1 ? 1 : 3, pixels);
    }

    static void UpsampleRow(JpegFrame frame, JpegComponent component, int y, Span<ushort> padded, Span<byte> to)
    {
        var (h, v) = (component.Horizontal, component.Vertical);
        var (maxH, maxV) = (frame.MaxHorizontal, frame.MaxVertical);
        var row = y * v / maxV;
        var from = Row(row);
        var (twiceWide, twiceHigh) = (maxH == 2 * h, maxV == 2 * v);
        var other = Row(Math.Clamp(y % 2 == 0 ? row - 1 : row + 1, 0, component.Height - 1));
        if (maxH == h && maxV == v) from.CopyTo(to);
        else if (twiceWide && maxV == v && component.Width > 2) JpegUpsampling.Wide(from, padded, to);
        else if (twiceWide && twiceHigh && component.Width > 2) JpegUpsampling.WideAndHigh(from, other, padded, to);
        else if (maxH == h && twiceHigh) JpegUpsampling.High(from, other, y % 2 == 0 ? 1 : 2, to);
        else
            for (var x = 0; x < frame.Width; x++) to[x] = from[x * h / maxH];

        ReadOnlySpan<byte> Row(int r) => component.Samples.AsSpan(r * component.Stride, component.Width);
    }
}
