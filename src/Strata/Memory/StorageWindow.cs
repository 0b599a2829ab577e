namespace Strata.Memory;

/// <summary>Memory of others that tensors bound to it look at: it is moved along, and they with it.</summary>
internal sealed unsafe class StorageWindow : Storage
{
    public StorageWindow()
        : base(null, 0, -1) => (Kept, Rented) = (true, true);

    /// <summary>Looks at the memory from <paramref name="pointer"/> on.</summary>
    public void MoveTo(byte* pointer) => Pointer = pointer;
}
