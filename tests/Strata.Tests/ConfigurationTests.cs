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
