namespace Strata.Gallery.Tests;

public sealed class RecipeTests
{
    [Fact]
    public void The_build_finds_the_recipes() => Assert.Subset(Recipes.All.Select(r => r.Id).ToHashSet(), new HashSet<string> { "lenet5", "mnist-cnn" });

    [Fact]
    public void Every_recipe_says_what_it_is_and_claims_something_in_each_preset()
    {
        foreach (var recipe in Recipes.All)
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", recipe.Id);
            Assert.NotEmpty(recipe.Title);
            Assert.InRange(recipe.Source.Year, 1950, 2030);
            Assert.Equal("quick", recipe.Presets[0].Name);
            foreach (var preset in recipe.Presets)
            {
                var claims = recipe.Claims(preset, realData: false);
                Assert.NotEmpty(claims);
                Assert.Equal(claims.Count, claims.Select(c => c.Key).Distinct().Count());
            }

            Assert.Contains(recipe.Claims(recipe.Presets[0], realData: false), c => c.Control is not null);
        }

        Assert.Equal(Recipes.All.Count, Recipes.All.Select(r => r.Id).Distinct().Count());
    }

    public static IEnumerable<object[]> PresetsOnRealData =>
        from recipe in Recipes.All
        from preset in recipe.Presets
        where preset.Name != "quick" && preset.Summary.Contains("--data", StringComparison.Ordinal)
        select (object[])[recipe.Id, preset.Name];

    [Theory]
    [MemberData(nameof(PresetsOnRealData))]
    public void Presets_on_real_data_say_what_is_missing(string id, string preset)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var empty = Directory.CreateDirectory(Path.Combine(folder.FullName, "empty")).FullName;
            var options = new RunOptions { Preset = preset, Directory = folder.FullName };
            var without = Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get(id), options)).Message;
            Assert.Matches($"^The preset '{preset}' needs .+; put the files into a folder and name it with --data DIR\\.$", without);
            var nothing = Assert.ThrowsAny<StrataException>(() => RecipeRunner.Run(Recipes.Get(id), options with { Data = empty })).Message;
            Assert.Contains(empty, nothing, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', nothing);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_unknown_id_brings_the_nearest() => Assert.Equal(
        "There is no recipe 'lenett5'; did you mean 'lenet5'? 'strata list' shows all.",
        Assert.Throws<StrataException>(() => Recipes.Get("lenett5")).Message);

    [Fact]
    public void Families_select_their_recipes()
    {
        Assert.Equal(Recipes.Select(["vision"]), Recipes.Select(["Vision/Classification", "vision"]));
        Assert.Contains(Recipes.Select(["vision/classification"]), r => r.Id == "lenet5");
        Assert.Throws<StrataException>(() => Recipes.Select(["visi"]));
    }

    [Theory]
    [InlineData(0.97, 0.93, true)]
    [InlineData(0.97, 0.94, false)] // the control is too good
    [InlineData(0.96, 0.10, false)] // the bound is not kept
    [InlineData(double.NaN, 0.10, false)]
    [InlineData(0.99, double.NaN, false)]
    public void A_claim_needs_its_bound_and_its_control(double measured, double control, bool kept)
    {
        var claim = new Claim("accuracy", "accuracy", Bound.Min(0.97), new Control("linear", 0.035));
        Assert.Equal(kept, claim.Decide(measured, control).Kept);
    }

    [Fact]
    public void A_claim_that_was_measured_without_its_control_is_a_mistake() =>
        Assert.Throws<InvalidOperationException>(() => new Claim("a", "a", Bound.Max(1), new Control("b", 0)).Decide(0, null));
}
