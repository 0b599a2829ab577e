namespace Strata.Formats.Images;

/// <summary>From the components' samples to pixels: components with fewer samples are interpolated (weights 3/4 and 1/4, as the
/// Independent JPEG Group's decoder does by default), then colors become RGB.</summary>
static class JpegOutput
{
    public static Image Make(JpegFrame frame, int? adobeTransform, bool jfif)
    {
        var (height, width, channels) = (frame.Height, frame.Width, frame.Components.Length);
        var rows = new byte[channels][];
        var pixels = new byte[checked(height * width * (channels == 1 ? 1 : 3))];
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

            for (var c = 0; c < channels; c++) UpsampleRow(frame, frame.Components[c], y, rows[c]);
            if (channels == 4) CmykRow(rows, width, adobeTransform, to);
            else if (isRgb) RgbRow(rows, width, to);
            else YCbCrRow(rows, width, to);
        }

        return new(height, width, channels == 1 ? 1 : 3, pixels);
    }

    static void UpsampleRow(JpegFrame frame, JpegComponent component, int y, Span<byte> to)
    {
        var (h, v) = (component.Horizontal, component.Vertical);
        var (maxH, maxV) = (frame.MaxHorizontal, frame.MaxVertical);
        var row = y * v / maxV;
        var from = Row(row);
        var (twiceWide, twiceHigh) = (maxH == 2 * h, maxV == 2 * v);
        var other = Row(Math.Clamp(y % 2 == 0 ? row - 1 : row + 1, 0, component.Height - 1));
        if (maxH == h && maxV == v) from.CopyTo(to);
        else if (twiceWide && maxV == v && component.Width > 2) Wide(from, to);
        else if (twiceWide && twiceHigh && component.Width > 2) WideAndHigh(from, other, to);
        else if (maxH == h && twiceHigh) High(from, other, y % 2 == 0 ? 1 : 2, to);
        else
            for (var x = 0; x < frame.Width; x++) to[x] = from[x * h / maxH];

        ReadOnlySpan<byte> Row(int r) => component.Samples.AsSpan(r * component.Stride, component.Width);
    }

    // Rounding alternates (1, 2 and 7, 8), so that errors do not add up.
    static void Wide(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var n = from.Length;
        to = to[..(2 * n)];
        to[0] = from[0];
        to[1] = (byte)(((3 * from[0]) + from[1] + 2) >> 2);
        for (var x = 1; x < n - 1; x++)
        {
            var center = 3 * from[x];
            to[2 * x] = (byte)((center + from[x - 1] + 1) >> 2);
            to[(2 * x) + 1] = (byte)((center + from[x + 1] + 2) >> 2);
        }

        to[(2 * n) - 2] = (byte)(((3 * from[n - 1]) + from[n - 2] + 1) >> 2);
        to[(2 * n) - 1] = from[n - 1];
    }

    static void High(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int round, Span<byte> to)
    {
        for (var x = 0; x < near.Length; x++) to[x] = (byte)(((3 * near[x]) + far[x] + round) >> 2);
    }

    static void WideAndHigh(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> to)
    {
        var n = near.Length;
        far = far[..n];
        to = to[..(2 * n)];
        var before = 0;
        var center = (3 * near[0]) + far[0];
        var after = (3 * near[1]) + far[1];
        to[0] = (byte)(((4 * center) + 8) >> 4);
        to[1] = (byte)(((3 * center) + after + 7) >> 4);
        for (var x = 1; x < n - 1; x++)
        {
            (before, center, after) = (center, after, (3 * near[x + 1]) + far[x + 1]);
            to[2 * x] = (byte)(((3 * center) + before + 8) >> 4);
            to[(2 * x) + 1] = (byte)(((3 * center) + after + 7) >> 4);
        }

        to[(2 * n) - 2] = (byte)(((3 * after) + center + 8) >> 4);
        to[(2 * n) - 1] = (byte)(((4 * after) + 7) >> 4);
    }

    static void RgbRow(byte[][] rows, int width, Span<byte> to)
    {
        for (int x = 0, o = 0; x < width; x++, o += 3) (to[o], to[o + 1], to[o + 2]) = (rows[0][x], rows[1][x], rows[2][x]);
    }

    /// <summary>R = Y + 1.402 Cr, G = Y − 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb (JFIF; ITU-R BT.601) in 16-bit fixed point.</summary>
    static void YCbCrRow(byte[][] rows, int width, Span<byte> to)
    {
        ReadOnlySpan<byte> ys = rows[0].AsSpan(0, width), cbs = rows[1].AsSpan(0, width), crs = rows[2].AsSpan(0, width);
        to = to[..(3 * width)];
        for (int x = 0, o = 0; x < ys.Length && o + 2 < to.Length; x++, o += 3)
        {
            var (y, cb, cr) = (ys[x], cbs[x] - 128, crs[x] - 128);
            to[o] = Clamp(y + (((91881 * cr) + 32768) >> 16));
            to[o + 1] = Clamp(y + (((-22554 * cb) - (46802 * cr) + 32768) >> 16));
            to[o + 2] = Clamp(y + (((116130 * cb) + 32768) >> 16));
        }
    }

    /// <summary>R = (1 − C)(1 − K) and so on. Files hold 1 − C, as Adobe's programs began to write them; with transform 2, Y, Cb, Cr of C.</summary>
    static void CmykRow(byte[][] rows, int width, int? adobeTransform, Span<byte> to)
    {
        if (adobeTransform == 2) YCbCrRow(rows, width, to);
        for (int x = 0, o = 0; x < width; x++)
            for (var c = 0; c < 3; c++, o++) to[o] = Product(adobeTransform == 2 ? 255 - to[o] : rows[c][x], rows[3][x]);
    }

    static byte Product(int a, int b) => (byte)(((a * b) + 127) / 255);

    static byte Clamp(int value) => (uint)value <= 255 ? (byte)value : (byte)(~value >> 31);
}
