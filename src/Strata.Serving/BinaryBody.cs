using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Serving;

/// <summary>Examples as bytes, for models with one input and one output: their elements one after the other, or a <c>.npy</c> file.</summary>
static class BinaryBody
{
    /// <summary>Reads <c>application/octet-stream</c>: elements of the input's type, row-major, least significant byte first.</summary>
    public static Examples ReadElements(ReadOnlySpan<byte> body, IReadOnlyList<Port> inputs)
    {
        var input = Only(inputs);
        if (body.Length == 0 || input.Bytes == 0 || body.Length % input.Bytes != 0)
            throw new RequestException(400, $"The body has {body.Length} bytes, expected a multiple of {input.Bytes}: an example is {input.Type}.");
        return new([body.ToArray()], body.Length / input.Bytes);
    }

    /// <summary>Reads <c>application/x-npy</c>: an array [examples, …], whose elements are converted.</summary>
    public static Examples ReadNpy(ReadOnlySpan<byte> body, IReadOnlyList<Port> inputs)
    {
        var input = Only(inputs);
        Tensor array;
        try
        {
            array = Npy.Decode(body.ToArray());
        }
        catch (DataFileException e)
        {
            throw new RequestException(400, $"The body is no .npy file that can be read: {e.Problem}.");
        }

        if (array.Rank == 0 || array.Shape[0] == 0 || array.Shape[1..] != input.Type.Shape)
            throw new RequestException(400, $"The array is {array.Shape}, expected [examples{string.Concat(input.Type.Shape.Select(s => $", {s}"))}] with at least one example.");
        array = array.Cast(input.Type.DType);
        var elements = ServedModel.Bytes(array).ToArray();
        GC.KeepAlive(array);
        return new([elements], array.Shape[0]);
    }

    public static byte[] WriteElements(Examples examples, IReadOnlyList<Port> outputs)
    {
        Only(outputs);
        return examples.Elements[0];
    }

    public static byte[] WriteNpy(Examples examples, IReadOnlyList<Port> outputs)
    {
        var type = Only(outputs).Type;
        return Npy.Encode(ServedModel.ToTensor(examples.Elements[0], type with { Shape = [examples.Count, .. type.Shape] }));
    }

    static Port Only(IReadOnlyList<Port> ports) => ports is [var port]
        ? port
        : throw new RequestException(415, "The model has several inputs or outputs; only JSON can name them (application/json).");
}
