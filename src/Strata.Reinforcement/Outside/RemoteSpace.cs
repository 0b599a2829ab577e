using System.Text.Json;

namespace Strata.Reinforcement;

/// <summary>Reads a space from a peer's answer.</summary>
static class RemoteSpace
{
    const int MostNumbers = 1 << 26; // of an observation: anything more is a mistake or malice

    public static Space Read(RemotePeer peer, JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var space) || space.ValueKind != JsonValueKind.Object || !space.TryGetProperty("type", out var type))
            throw peer.Failure($"did not say its {name}");
        switch (type.ToString())
        {
            case "discrete":
                var count = peer.Number(space, "count");
                return count is >= 1 and <= int.MaxValue ? new Discrete((int)count) : throw peer.Failure($"gave {name} {count} elements");
            case "box":
                if (!space.TryGetProperty("shape", out var sizes) || sizes.ValueKind != JsonValueKind.Array) throw peer.Failure($"gave {name} no shape");
                var shape = sizes.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Number && s.TryGetInt32(out var n) && n > 0 ? n : 0).ToArray();
                if (shape.Length > 8 || shape.Any(n => n == 0) || shape.Aggregate(1.0, (p, n) => p * n) > MostNumbers) throw peer.Failure($"gave {name} the shape {sizes}");
                return new Box(Limit(space, "low", double.NegativeInfinity), Limit(space, "high", double.PositiveInfinity), Shape.Of(shape), Type(peer, space));
            default:
                throw peer.Failure($"has {name} of the type '{type}'; discrete and box are supported");
        }
    }

    // A missing limit is none: JSON has no infinity.
    static double Limit(JsonElement space, string name, double none) => space.TryGetProperty(name, out var x) && x.ValueKind == JsonValueKind.Number ? x.GetDouble() : none;

    static DType Type(RemotePeer peer, JsonElement space) => (space.TryGetProperty("dtype", out var type) ? type.ToString() : "") switch
    {
        "uint8" => DType.UInt8,
        "int32" => DType.Int32,
        "int64" => DType.Int64,
        "float32" => DType.Float32,
        "float64" => DType.Float64,
        var other => throw peer.Failure($"has elements of the type '{other}'"),
    };
}
