using System.Text.Json;

namespace Strata.Reinforcement;

/// <summary>Reads a space from a peer's answer.</summary>
static class RemoteSpace
{
    const int MostNumbers = 1 << 26; // of an observation: anything more is a mistake or malice

    const int MostDepth = 8; // of dictionaries in dictionaries

    public static Space Read(RemotePeer peer, JsonElement root, string name) => root.TryGetProperty(name, out var space)
        ? Read(peer, space, name, 0)
        : throw peer.Failure($"did not say its {name}");

    static Space Read(RemotePeer peer, JsonElement space, string name, int depth)
    {
        if (space.ValueKind != JsonValueKind.Object || !space.TryGetProperty("type", out var type)) throw peer.Failure($"did not say its {name}");
        switch (type.ToString())
        {
            case "discrete":
                return new Discrete(Count(peer, peer.Number(space, "count"), name, int.MaxValue));
            case "multi_binary":
                return new MultiBinary(Count(peer, peer.Number(space, "count"), name, MostNumbers));
            case "multi_discrete":
                if (!space.TryGetProperty("counts", out var counts) || counts.ValueKind != JsonValueKind.Array || counts.GetArrayLength() is 0 or > MostNumbers) throw peer.Failure($"gave {name} no counts");
                return new MultiDiscrete([.. counts.EnumerateArray().Select(c => Count(peer, c.ValueKind == JsonValueKind.Number ? c.GetDouble() : 0, name, int.MaxValue))]);
            case "box":
                if (!space.TryGetProperty("shape", out var sizes) || sizes.ValueKind != JsonValueKind.Array) throw peer.Failure($"gave {name} no shape");
                var shape = sizes.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Number && s.TryGetInt32(out var n) && n > 0 ? n : 0).ToArray();
                if (shape.Length > 8 || shape.Any(n => n == 0) || shape.Aggregate(1.0, (p, n) => p * n) > MostNumbers) throw peer.Failure($"gave {name} the shape {sizes}");
                return new Box(Limit(space, "low", double.NegativeInfinity), Limit(space, "high", double.PositiveInfinity), Shape.Of(shape), Type(peer, space));
            case "dict":
                if (!space.TryGetProperty("spaces", out var parts) || parts.ValueKind != JsonValueKind.Object) throw peer.Failure($"gave {name} no spaces");
                if (depth == MostDepth) throw peer.Failure($"gave {name} more than {MostDepth} dictionaries in each other");
                var read = parts.EnumerateObject().Select(p => (p.Name, Space: Read(peer, p.Value, $"{name} '{p.Name}'", depth + 1))).ToArray();
                if (read.Length == 0 || read.DistinctBy(p => p.Name).Count() < read.Length || read.Sum(p => (long)p.Space.Size) > MostNumbers) throw peer.Failure($"gave {name} no spaces that make one");
                return new Dict(read);
            default:
                throw peer.Failure($"has {name} of the type '{type}'; discrete, multi_discrete, multi_binary, box and dict are supported");
        }
    }

    static int Count(RemotePeer peer, double count, string name, int most) => count >= 1 && count <= most && count == Math.Floor(count) ? (int)count : throw peer.Failure($"gave {name} {count} elements");

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
