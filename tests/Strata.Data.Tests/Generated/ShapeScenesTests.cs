using Strata.Formats.Images;

namespace Strata.Data.Tests.Generated;

public class ShapeScenesTests
{
    [Fact]
    public void Pictures_have_the_stated_shape_and_range_and_the_label_is_the_largest_object_s()
    {
        var scenes = new ShapeScenes(1);
        var (x, y) = scenes.Generate(0, 50);
        Assert.Equal(Shape.Of(50, 64, 64, 3), x.Shape);
        Assert.All(x.ToArray<float>(), p => Assert.InRange(p, 0, 1));
        var labels = y.ToArray<int>();
        for (var i = 0; i < 50; i++) Assert.Equal(scenes.Classes[labels[i]], scenes.Objects(i).MaxBy(o => o.Radius)!.Kind.ToString().ToLowerInvariant());
        Assert.Equal([0, 1, 2], labels.Distinct().Order());
    }

    [Fact]
    public void Objects_lie_inside_and_hardly_overlap()
    {
        var scenes = new ShapeScenes(2, new() { Size = 48, Objects = (2, 4) });
        foreach (var objects in Enumerable.Range(0, 100).Select(i => scenes.Objects(i)))
        {
            Assert.InRange(objects.Count, 1, 4);
            foreach (var o in objects)
            {
                Assert.True(o.Bounds is { Left: >= 0, Top: >= 0, Right: <= 48, Bottom: <= 48 } && o.Bounds.Area > 0);
                Assert.All(objects.Where(p => p != o), p => Assert.InRange(p.Bounds.IoU(o.Bounds), 0, .05));
            }
        }
    }

    [Fact]
    public void Bounds_are_those_of_the_pixels_that_are_covered_by_more_than_half()
    {
        var scenes = new ShapeScenes(3, new() { Kinds = Enum.GetValues<ShapeKind>() });
        var kinds = new HashSet<ShapeKind>();
        foreach (var o in Enumerable.Range(0, 40).SelectMany(i => scenes.Objects(i)))
        {
            kinds.Add(o.Kind);
            var covered = (from y in Enumerable.Range(0, 64) from x in Enumerable.Range(0, 64) where o.Coverage(y, x) > .5 select (Y: y, X: x)).ToArray();
            Assert.Equal(new PixelBox(covered.Min(p => p.X), covered.Min(p => p.Y), covered.Max(p => p.X) + 1, covered.Max(p => p.Y) + 1), o.Bounds);
        }

        Assert.Equal(5, kinds.Count);
    }

    [Fact]
    public void An_object_shows_its_color()
    {
        var scenes = new ShapeScenes(4, new() { Objects = (1, 1), Kinds = [ShapeKind.Circle] });
        var x = scenes.Generate(0, 20).X;
        for (var i = 0; i < 20; i++)
        {
            var o = scenes.Objects(i)[0];
            var inside = x[i, ((int)o.Y - 2)..((int)o.Y + 2), ((int)o.X - 2)..((int)o.X + 2)].Mean([0, 1]).ToArray<float>();
            if (o.Color == ShapeColor.Red) Assert.True(inside[0] > .8 && inside[1] < .25);
            if (o.Color == ShapeColor.Cyan) Assert.True(inside[0] < .2 && inside[2] > .75);
        }
    }

    [Fact]
    public void Kinds_differ_and_radii_keep_their_gap_if_asked_to()
    {
        var scenes = new ShapeScenes(5, new() { Objects = (2, 2), DifferentKinds = true, RadiusGap = 2 });
        foreach (var objects in Enumerable.Range(0, 100).Select(i => scenes.Objects(i)).Where(o => o.Count == 2))
        {
            Assert.NotEqual(objects[0].Kind, objects[1].Kind);
            Assert.True(Math.Abs(objects[0].Radius - objects[1].Radius) >= 2);
        }
    }

    [Fact]
    public void The_objects_of_test_pictures_are_found_by_their_numbers()
    {
        var scenes = new ShapeScenes(6, new() { Objects = (1, 1) });
        var labels = scenes.Split(1, 30).Test.Labels.ToArray<int>();
        for (var i = 0; i < 30; i++) Assert.Equal(labels[i], (int)scenes.Objects(ImageGenerator.FirstTestPicture + i)[0].Kind);
    }

    [Fact]
    public void Options_without_meaning_are_refused()
    {
        Assert.Contains("the size is 4", Assert.Throws<ArgumentException>(() => new ShapeScenes(1, new() { Size = 4 })).Message);
        Assert.Contains("the radius is 6 to 13", Assert.Throws<ArgumentException>(() => new ShapeScenes(1, new() { Size = 20 })).Message);
        Assert.Contains("the objects are 2 to 1", Assert.Throws<ArgumentException>(() => new ShapeScenes(1, new() { Objects = (2, 1) })).Message);
    }
}
