using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

public class ConnectedComponentsTests
{
    static bool[,] Marks(params string[] rows)
    {
        var marks = new bool[rows.Length, rows[0].Length];
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < rows[y].Length; x++) marks[y, x] = rows[y][x] == '#';
        return marks;
    }

    [Fact]
    public void Parts_are_numbered_in_the_order_of_their_first_pixels()
    {
        var (labels, parts) = ConnectedComponents.Find(Marks("##..", "#..#", "..##"));
        Assert.Equal([(3, new PixelBox(0, 0, 2, 2)), (3, new PixelBox(2, 1, 4, 3))], parts);
        Assert.Equal([1, 1, 0, 0, 1, 0, 0, 2, 0, 0, 2, 2], labels.Cast<int>());
    }

    [Fact]
    public void Corners_join_parts_only_if_asked_to()
    {
        Assert.Equal(2, ConnectedComponents.Find(Marks("#.", ".#")).Parts.Count);
        Assert.Single(ConnectedComponents.Find(Marks("#.", ".#"), corners: true).Parts);
    }

    [Fact]
    public void A_winding_part_is_one()
    {
        var (_, parts) = ConnectedComponents.Find(Marks("#####", "....#", "#####", "#....", "#####"));
        Assert.Equal([(17, new PixelBox(0, 0, 5, 5))], parts);
    }

    [Fact]
    public void The_box_is_around_the_largest_part_above_a_share_of_the_maximum()
    {
        var map = Tensor.From(new float[,] { { 10, 0, 0, 0 }, { 0, 0, 3, 3 }, { 1.9f, 0, 3, 2.1f } });
        Assert.Equal(new PixelBox(2, 1, 4, 3), ConnectedComponents.LargestAbove(map));
        Assert.Equal(new PixelBox(0, 0, 1, 1), ConnectedComponents.LargestAbove(map, .5));
        Assert.Null(ConnectedComponents.LargestAbove(map * -1));
        Assert.Contains("[12]", Assert.Throws<ShapeException>(() => ConnectedComponents.LargestAbove(map.Flatten())).Message);
    }

    [Fact]
    public void Boxes_overlap_by_the_share_of_their_union()
    {
        var box = new PixelBox(0, 0, 4, 4);
        Assert.Equal(1, box.IoU(box));
        Assert.Equal(4.0 / 28, box.IoU(new(2, 2, 6, 6)));
        Assert.Equal(0, box.IoU(new(4, 0, 8, 4)));
        Assert.Equal(0, default(PixelBox).IoU(default));
        Assert.Equal(new PixelBox(7, 9, 23, 21), new PixelBox(9, 10, 21, 20).Dilated(.25, 32, 32));
        Assert.Equal(new PixelBox(0, 0, 5, 5), box.Dilated(.5, 5, 5));
        Assert.True(box.Contains(3, 0) && !box.Contains(4, 0));
    }
}
