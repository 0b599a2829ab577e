namespace Strata.Data;

/// <summary>Which part of the data a flow takes.</summary>
public enum Subset
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>What is not for validation.</summary>
    Training,

    /// <summary>The first part, by <see cref="ImageDataGenerator.ValidationSplit"/>.</summary>
    Validation,
}
