namespace Strata.Nn;

/// <summary>What has arguments that its constructor does not take.</summary>
internal interface IHasCommonArguments
{
    /// <summary>Reads them, after the constructor.</summary>
    void ReadCommon(Config config);
}
