namespace Strata.Reinforcement.Tests.Spaces;

public sealed class SpaceTests
{
    static readonly Dict space = new(("speed", new Box(-1, 1, [2])), ("gear", new Discrete(5)), ("lights", new MultiBinary(3)));

    [Fact]
    public void Parts_lie_one_after_the_other_in_the_order_of_their_names()
    {
        Assert.Equal(["gear", "lights", "speed"], space.Names);
        Assert.Equal((Shape.Of(6), DType.Float64), (space.Shape, space.DType));
        Assert.Equal((0..1, 1..4, 4..6), (space.Place("gear"), space.Place("lights"), space.Place("speed")));
        Assert.Equal(new Discrete(5), space["gear"]);
        Assert.Equal("Dict(gear: Discrete(5), lights: MultiBinary(3), speed: Box(-1, 1, [2], float32))", space.ToString());
    }

    [Fact]
    public void An_element_belongs_to_it_if_each_part_belongs_to_its_space()
    {
        Assert.True(space.Contains([4, 0, 1, 1, .5, -1]));
        Assert.False(space.Contains([5, 0, 1, 1, .5, -1]));
        Assert.False(space.Contains([4, 0, 2, 1, .5, -1]));
        Assert.False(space.Contains([4, 0, 1, 1, .5, -1.1]));
        Assert.False(space.Contains([4, 0, 1, 1, .5]));
    }

    [Fact]
    public void Samples_belong_to_it_and_differ()
    {
        var random = new NumpyRandom(1);
        var (seen, element) = (new HashSet<double>(), new double[6]);
        for (var i = 0; i < 100; i++)
        {
            space.Sample(random, element);
            Assert.True(space.Contains(element));
            seen.Add(element[0]);
        }

        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void Spaces_are_equal_by_their_parts_and_one_type_stays()
    {
        Assert.Equal(space, new Dict(("lights", new MultiBinary(3)), ("gear", new Discrete(5)), ("speed", new Box(-1, 1, [2]))));
        Assert.NotEqual(space, new Dict(("gear", new Discrete(5))));
        Assert.Equal(DType.Float32, new Dict(("a", new Box(0, 1, [2])), ("b", new Dict(("c", new Box(0, 1, []))))).DType);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        Assert.Equal("Dict: there is no part 'x'; there are 'gear', 'lights', 'speed'.", Assert.Throws<ShapeException>(() => space["x"]).Message);
        Assert.Equal("Dict: the name 'a' comes twice.", Assert.Throws<ShapeException>(() => new Dict(("a", new Discrete(1)), ("a", new Discrete(2)))).Message);
        Assert.Equal("Dict: there are no parts; one or more fit.", Assert.Throws<ShapeException>(() => new Dict()).Message);
    }
}
