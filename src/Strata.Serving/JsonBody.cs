using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Strata.Serving;

/// <summary>Examples as JSON, in the two forms of TensorFlow Serving: by row, <c>{"instances": [example, …]}</c>, answered by
/// <c>{"predictions": [output, …]}</c>; and by input, <c>{"inputs": {"name": [example, …], …}}</c>, answered by <c>{"outputs": …}</c>. The example of a model
/// with several inputs is an object, the list of inputs of a model with one may be its examples alone, and so it is with outputs.</summary>
sealed class JsonBody
{
    readonly IReadOnlyList<Port> inputs;
    readonly byte[][] elements;
    readonly int[] used; // bytes of each input

    JsonBody(IReadOnlyList<Port> inputs)
    {
        this.inputs = inputs;
        elements = [.. inputs.Select(i => new byte[Math.Max(i.Bytes, 1)])];
        used = new int[inputs.Count];
    }

    /// <summary>Reads a request.</summary>
    /// <returns>The examples, and whether they were given by row.</returns>
    /// <exception cref="RequestException">It is no JSON or of another form.</exception>
    public static (Examples Examples, bool ByRow) Read(ReadOnlySpan<byte> body, IReadOnlyList<Port> inputs)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            return new JsonBody(inputs).Read(ref json);
        }
        catch (JsonException e)
        {
            throw new RequestException(400, $"The body is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new RequestException(400, "The body holds text that is no valid UTF-8.");
        }
    }

    /// <summary>Writes an answer.</summary>
    public static void Write(IBufferWriter<byte> to, Examples examples, IReadOnlyList<Port> outputs, bool byRow)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true });
        var at = new int[outputs.Count];
        json.WriteStartObject();
        if (byRow)
        {
            json.WriteStartArray("predictions"u8);
            for (var n = 0; n < examples.Count; n++)
            {
                if (outputs.Count > 1) json.WriteStartObject();
                for (var i = 0; i < outputs.Count; i++)
                {
                    if (outputs.Count > 1) json.WritePropertyName(outputs[i].Name);
                    WriteExample(json, examples.Elements[i], outputs[i].Type, 0, ref at[i]);
                }

                if (outputs.Count > 1) json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("outputs"u8);
            if (outputs.Count > 1) json.WriteStartObject();
            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs.Count > 1) json.WritePropertyName(outputs[i].Name);
                json.WriteStartArray();
                for (var n = 0; n < examples.Count; n++) WriteExample(json, examples.Elements[i], outputs[i].Type, 0, ref at[i]);
                json.WriteEndArray();
            }

            if (outputs.Count > 1) json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    (Examples Examples, bool ByRow) Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !json.Read()) throw Wrong();
        bool? byRow = null;
        while (json.TokenType == JsonTokenType.PropertyName)
        {
            if (byRow is not null) throw Wrong();
            if (json.ValueTextEquals("instances"u8)) byRow = true;
            else if (json.ValueTextEquals("inputs"u8)) byRow = false;
            else throw Wrong();
            json.Read();
            if (byRow.Value) ReadRows(ref json);
            else if (inputs.Count == 1 && json.TokenType == JsonTokenType.StartArray) ReadInput(ref json, 0, "inputs");
            else ReadNamed(ref json, "inputs", null);
            json.Read();
        }

        while (json.Read())
        {
            // Nothing may follow; the reader says so.
        }

        if (byRow is null) throw Wrong();
        var count = used[0] / Math.Max(inputs[0].Bytes, 1);
        for (var i = 0; i < inputs.Count; i++)
            if (used[i] / Math.Max(inputs[i].Bytes, 1) is var other && other != count)
                throw new RequestException(400, $"The input '{inputs[i].Name}' has {other} examples, but '{inputs[0].Name}' has {count}.");
        if (count == 0) throw new RequestException(400, "The body holds no example.");
        return (new([.. elements.Select((e, i) => e.Length == used[i] ? e : e[..used[i]])], count), byRow.Value);

        RequestException Wrong() => new(400, inputs.Count == 1
            ? """The body must be an object with one property: {"instances": [example, …]} or {"inputs": [example, …]}."""
            : """The body must be an object with one property: {"instances": [{"name": values, …}, …]} or {"inputs": {"name": [example, …], …}}.""");
    }

    void ReadRows(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new RequestException(400, "'instances' must be an array of examples.");
        for (var row = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; row++)
            if (inputs.Count == 1 && json.TokenType != JsonTokenType.StartObject) ReadExample(ref json, 0, "instances", row);
            else ReadNamed(ref json, $"instances[{row}]", row);
    }

    /// <summary>An object with a property for each input: its example of a row, or all its examples.</summary>
    void ReadNamed(ref Utf8JsonReader json, string where, int? row)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new RequestException(400, $"'{where}' must be an object with {Names()}.");
        var seen = new bool[inputs.Count];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var i = 0;
            while (i < inputs.Count && !json.ValueTextEquals(inputs[i].Name)) i++;
            if (i == inputs.Count) throw new RequestException(400, $"'{where}' has '{json.GetString()}', which is no input; the model has {Names()}.");
            if (seen[i]) throw new RequestException(400, $"'{where}' has '{inputs[i].Name}' twice.");
            seen[i] = true;
            json.Read();
            if (row is null) ReadInput(ref json, i, $"{where}.{inputs[i].Name}");
            else ReadExample(ref json, i, $"{where}.{inputs[i].Name}", null);
        }

        if (Array.IndexOf(seen, false) is >= 0 and var missing) throw new RequestException(400, $"'{where}' has no '{inputs[missing].Name}'; the model has {Names()}.");

        string Names() => string.Join(", ", inputs.Select(i => $"'{i.Name}'"));
    }

    void ReadInput(ref Utf8JsonReader json, int input, string where)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new RequestException(400, $"'{where}' must be an array of examples.");
        for (var row = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; row++) ReadExample(ref json, input, where, row);
    }

    /// <summary>Reads nested arrays of numbers: most of the time of a request is spent here, so tokens are counted off instead of read by recursion.</summary>
    /// <param name="json">Stands on the first token.</param>
    /// <param name="input">The number of the input.</param>
    /// <param name="where">What is being read, for errors.</param>
    /// <param name="row">The number of the example in it; null: it is one.</param>
    void ReadExample(ref Utf8JsonReader json, int input, string where, int? row)
    {
        var ((shape, dtype), bytes) = (inputs[input].Type, inputs[input].Bytes);
        if (used[input] + bytes > elements[input].Length) Array.Resize(ref elements[input], checked(2 * elements[input].Length));
        var to = elements[input].AsSpan(used[input], bytes);
        var (rank, size, depth) = (shape.Rank, dtype.Size(), 0);
        Span<int> counts = stackalloc int[rank + 1]; // how many values were seen at each depth
        counts.Clear();
        do
        {
            if (json.TokenType == JsonTokenType.EndArray)
            {
                if (counts[depth] != shape[depth - 1]) throw Wrong(counts[..depth], $"has {counts[depth]} {(counts[depth] == 1 ? "value" : "values")}, expected {shape[depth - 1]}");
                depth--;
                continue;
            }

            if (depth > 0 && counts[depth]++ == shape[depth - 1]) throw Wrong(counts[..depth], $"has more than {shape[depth - 1]} values");
            if (depth == rank)
            {
                if (!TryRead(ref json, dtype, to)) throw Wrong(counts, $"is no {dtype.Name()}");
                to = to[size..];
            }
            else
            {
                if (json.TokenType != JsonTokenType.StartArray) throw Wrong(counts[..(depth + 1)], "is no array");
                counts[++depth] = 0;
            }
        }
        while (depth > 0 && json.Read());
        used[input] += bytes;

        // counts[0] is not used; from then on they are one past the place.
        RequestException Wrong(ReadOnlySpan<int> place, string what)
        {
            var path = new StringBuilder(where);
            if (row is { } r) path.Append(CultureInfo.InvariantCulture, $"[{r}]");
            foreach (var count in place.Length > 0 ? place[1..] : place) path.Append(CultureInfo.InvariantCulture, $"[{count - 1}]");
            return new(400, $"'{path}' {what}: an example has the shape {shape}.");
        }
    }

    static bool TryRead(ref Utf8JsonReader json, DType type, Span<byte> to)
    {
        if (type == DType.Bool)
        {
            to[0] = json.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
            return json.TokenType is JsonTokenType.True or JsonTokenType.False;
        }

        if (json.TokenType != JsonTokenType.Number) return false;
        switch (type)
        {
            case DType.Float32: return json.TryGetSingle(out MemoryMarshal.AsRef<float>(to));
            case DType.Float64: return json.TryGetDouble(out MemoryMarshal.AsRef<double>(to));
            case DType.Int32: return json.TryGetInt32(out MemoryMarshal.AsRef<int>(to));
            case DType.Int64: return json.TryGetInt64(out MemoryMarshal.AsRef<long>(to));
            default: return json.TryGetByte(out to[0]);
        }
    }

    static void WriteExample(Utf8JsonWriter json, byte[] elements, TensorType type, int axis, ref int at)
    {
        if (axis < type.Shape.Rank)
        {
            json.WriteStartArray();
            for (var i = 0; i < type.Shape[axis]; i++) WriteExample(json, elements, type, axis + 1, ref at);
            json.WriteEndArray();
            return;
        }

        var value = elements.AsSpan(at);
        at += type.DType.Size();
        switch (type.DType)
        {
            case DType.Float32: Number(MemoryMarshal.Read<float>(value)); break;
            case DType.Float64: Double(MemoryMarshal.Read<double>(value)); break;
            case DType.Int32: json.WriteNumberValue(MemoryMarshal.Read<int>(value)); break;
            case DType.Int64: json.WriteNumberValue(MemoryMarshal.Read<long>(value)); break;
            case DType.UInt8: json.WriteNumberValue(value[0]); break;
            default: json.WriteBooleanValue(value[0] != 0); break;
        }

        // JSON has no NaN and no infinity.
        void Number(float number)
        {
            if (float.IsFinite(number)) json.WriteNumberValue(number);
            else json.WriteNullValue();
        }

        void Double(double number)
        {
            if (double.IsFinite(number)) json.WriteNumberValue(number);
            else json.WriteNullValue();
        }
    }
}
