using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What can be written as the name of its class and its arguments, and made again from them: see <see cref="CustomObjects"/>.</summary>
public interface IConfigurable
{
    /// <summary>The arguments, by the names that Keras gives them.</summary>
    JsonObject GetConfig();
}
