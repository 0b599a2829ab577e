using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Euclidean radial basis functions with fixed centers, negated: −y_i = −Σ_j (x_j − w_ij)²; x [n, 84] → [n, 10].   (7)</summary>
/// <remarks>The centers are stylized images of the digits, 7 pixels wide and 12 high, with −1 for paper and +1 for ink; they are of this project's own drawing.</remarks>
public sealed class RbfOutput : Layer
{
    readonly Tensor w = Codes().Keep();

    /// <summary>The centers w [10, 84], elements ±1.</summary>
    public static Tensor Codes()
    {
        var codes = new float[10, 84];
        for (var digit = 0; digit < 10; digit++)
            for (var row = 0; row < 12; row++)
                for (var column = 0; column < 7; column++)
                    codes[digit, (row * 7) + column] = Drawings[row][(digit * 8) + column] == '#' ? 1 : -1;
        return Tensor.From(codes);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 2 || x[1] != 84) throw new ShapeException($"the input must be [examples, 84], but it is {x}.");
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => -(x.ExpandDims(1) - w).Square().Sum(-1);

    // Ten drawings side by side, a blank column between.
    static readonly string[] Drawings =
    [
        "....... ....... ....... ....... ....... ....... ....... ....... ....... .......",
        "..###.. ...#... .#####. .#####. ....##. ####### ..####. ####### .#####. .#####.",
        ".##.##. ..##... ##...## ##...## ...###. ##..... .##.... .....## ##...## ##...##",
        "##...## .###... .....## .....## ..####. ##..... ##..... ....##. ##...## ##...##",
        "##...## ...#... .....## .....## .##.##. ##..... ##..... ....##. ##...## ##...##",
        "##...## ...#... ....##. ..####. ##..##. ######. ######. ...##.. .#####. .######",
        "##...## ...#... ...##.. .....## ##..##. .....## ##...## ...##.. ##...## .....##",
        "##...## ...#... ..##... .....## ####### .....## ##...## ..##... ##...## .....##",
        "##...## ...#... .##.... ##...## ....##. ##...## ##...## ..##... ##...## ....##.",
        ".##.##. ...#... ##..... ##...## ....##. ##...## ##...## .##.... ##...## ...##..",
        "..###.. .#####. ####### .#####. ....##. .#####. .#####. .##.... .#####. .###...",
        "....... ....... ....... ....... ....... ....... ....... ....... ....... .......",
    ];
}
