using Xunit;

namespace Strata.Tests;

[Collection("Engine settings")]
public class ConfigurationTests
{
    [Fact]
    public void A_file_gives_settings_the_environment_goes_before_it_and_the_program_before_both()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "level": 2, "nan_guard": true, "unit_test_flag": "from the file" }""");
            var settings = Configuration.Read(file);
            Assert.Equal("2", settings["level"]);
            Assert.Equal("True", settings["nan_guard"]);

            Assert.Equal("from the file", Configuration.Given("unit_test_flag", settings));
            Environment.SetEnvironmentVariable("STRATA_UNIT_TEST_FLAG", "1");
            Assert.Equal("1", Configuration.Given("unit_test_flag", settings));
            Assert.True(Configuration.Flag("unit_test_flag"));
            Assert.False(Configuration.Flag("unit_test_other_flag"));
            Environment.SetEnvironmentVariable("STRATA_UNIT_TEST_FLAG", "perhaps");
            Check.Fails("STRATA_UNIT_TEST_FLAG: 'perhaps' is neither 1 (true) nor 0 (false).", () => Configuration.Flag("unit_test_flag"));

            var before = Configuration.Level;
            Configuration.Level = 1;
            Assert.Equal(1, CompileOptions.Default.Level);
            Configuration.Level = before;
            Assert.Throws<ArgumentOutOfRangeException>(() => Configuration.Level = 4);
        }
        finally
        {
            File.Delete(file);
            Environment.SetEnvironmentVariable("STRATA_UNIT_TEST_FLAG", null);
        }
    }

    [Fact]
    public void The_type_of_floating_point_numbers_that_are_given_none_can_be_set()
    {
        var random = new Strata.Random.RandomStream(1);
        Func<Tensor>[] creations =
        [
            () => Tensor.Zeros([2]), () => Tensor.Scalar(1), () => Tensor.Eye(2), () => Tensor.Linspace(0, 1, 3), () => Tensor.Arange(0, 1, .5), () => Tensor.From(0, 1).OneHot(2),
            () => random.Uniform([2]), () => random.Normal([2]), () => random.TruncatedNormal([2]), () => random.Gumbel([2]), () => random.Gamma([2], 1), () => random.Beta([2], 1, 1),
            () => Tensor.From(1, 2) * .5, () => Tensor.From(1, 2).Mean(), () => Tensor.From(1, 2).Exp(), () => Tensor.From(1, 2).Softmax(), () => Tensor.From(1, 2).Power(.5),
            () => Compiled.Function((Tensor x) => x + Compiled.Number(() => 1))(Tensor.From(1, 2)),
        ];
        var before = Configuration.FloatType;
        try
        {
            foreach (var type in new[] { DType.Float64, DType.Float32 })
            {
                Configuration.FloatType = type;
                for (var i = 0; i < creations.Length; i++) Assert.True(type == creations[i]().DType, $"creation {i} in {type} mode");
                Assert.Equal(DType.Float32, Tensor.Zeros([2], DType.Float32).DType); // what is said counts
                Assert.Equal(DType.Float32, (Tensor.From(1f) * .5).DType); // and what a tensor is
                Assert.Equal(DType.Int32, (Tensor.From(1) * 2.0).DType);
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => Configuration.FloatType = DType.Int32);
        }
        finally
        {
            Configuration.FloatType = before;
        }
    }

    [Fact]
    public void A_file_that_is_no_settings_is_an_error()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var text in new[] { "", "[1]", "{ \"level\": [1] }", "{ \"level\": " })
            {
                File.WriteAllText(file, text);
                Assert.StartsWith($"Configuration: the file '{file}' cannot be read as settings: ", Assert.Throws<StrataException>(() => Configuration.Read(file)).Message);
            }
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Throws<StrataException>(() => Configuration.Read(file));
    }
}
