namespace Strata.Formats.Pickle;

/// <summary>A name that a pickle refers to: <c>torch._utils _rebuild_tensor_v2</c>. It is only ever compared with the names that the
/// interpreter knows; nothing is looked up or run.</summary>
sealed record PickleGlobal(string Name);
