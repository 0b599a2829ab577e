using System.Globalization;
using System.Text;

namespace Strata;

public sealed partial class Tensor
{
    const int Edge = 3; // items shown at each end of an axis that is cut
    const int ShownWhole = 1000; // elements up to which all are shown

    /// <summary>The type, the shape and the elements (the middle of long axes left out): <c>float32 [2, 2] [[1, 2], [3, 4]]</c>.</summary>
    public override string ToString()
    {
        if (Storage is null) return $"{Type} (without elements while it is traced)";
        var text = new StringBuilder($"{DType.Name()} {Shape} ");
        Append(text, 0, 0, Size);
        return text.ToString();
    }

    void Append(StringBuilder text, int axis, long position, long span)
    {
        if (axis == Rank)
        {
            var value = At(position);
            text.Append(DType == DType.Bool ? value != 0 ? "true" : "false" : value.ToString("G6", CultureInfo.InvariantCulture));
            return;
        }

        var n = Shape[axis];
        var step = n == 0 ? 0 : span / n;
        var cut = Size > ShownWhole && n > 2 * Edge;
        text.Append('[');
        for (var i = 0; i < n; i++)
        {
            if (i > 0) text.Append(", ");
            if (cut && i == Edge)
            {
                text.Append("…, ");
                i = n - Edge;
            }

            Append(text, axis + 1, position + (i * step), step);
        }

        text.Append(']');
    }
}
