namespace Strata.Data;

/// <summary>How scenes vary. Lengths are in pixels.</summary>
public sealed record ShapeSceneOptions
{
    /// <summary>Height and width of the picture.</summary>
    public int Size { get; init; } = 64;

    /// <summary>The least and the most objects of a scene, all numbers equally likely; fewer where no room is found.</summary>
    public (int Least, int Most) Objects { get; init; } = (1, 3);

    /// <summary>The radius of objects ~ U(Low, High).</summary>
    public (double Low, double High) Radius { get; init; } = (6, 13);

    /// <summary>The kinds of objects that are drawn; a label is a place in this list.</summary>
    public IReadOnlyList<ShapeKind> Kinds { get; init; } = [ShapeKind.Circle, ShapeKind.Square, ShapeKind.Triangle];

    /// <summary>Whether no two objects of a scene are of one kind, as far as there are kinds.</summary>
    public bool DifferentKinds { get; init; }

    /// <summary>The least difference between the largest radius of a scene and the others', so that it is clear which object is the largest.</summary>
    public double RadiusGap { get; init; }

    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    internal ShapeSceneOptions Checked()
    {
        if (Size is < 8 or > 4096) Fail($"the size is {Size}, expected 8 to 4096");
        if (Objects.Least < 1 || Objects.Most < Objects.Least || Objects.Most > 100) Fail($"the objects are {Objects.Least} to {Objects.Most}, expected numbers from 1 to 100 in order");
        if (!(Radius.Low >= 1 && Radius.High >= Radius.Low && 2 * Radius.High <= Size)) Fail($"the radius is {Radius.Low} to {Radius.High}, expected numbers from 1 to half of the size, {Size / 2.0}, in order");
        if (Kinds.Count == 0) Fail("there are no kinds, expected some");
        if (!(RadiusGap >= 0 && RadiusGap < Radius.High - Radius.Low + 1e-9)) Fail($"the gap is {RadiusGap}, expected 0 or more and less than the range of radii, {Radius.High - Radius.Low}");
        return this;

        static void Fail(string message) => throw new ArgumentException($"ShapeSceneOptions: {message}.");
    }
}
