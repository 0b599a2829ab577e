namespace Strata.Formats.PyTorch;

/// <summary>A view of a storage: element (i, j, …) lies at Offset + i·Strides[0] + j·Strides[1] + …</summary>
sealed record TorchTensor(TorchStorage Storage, long Offset, Shape Shape, long[] Strides);
