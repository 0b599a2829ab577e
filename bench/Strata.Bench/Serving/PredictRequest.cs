using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Bench.Serving;

/// <summary>The bytes of requests with one example.</summary>
static class PredictRequest
{
    /// <summary>The example as bytes.</summary>
    public static byte[] Binary(float[] example) => Post("application/octet-stream", MemoryMarshal.AsBytes(example.AsSpan()));

    /// <summary>The example as JSON.</summary>
    public static byte[] Json(float[] example, Shape shape)
    {
        var text = new StringBuilder("{\"instances\":[");
        var next = 0;
        Append(0);
        return Post("application/json", Encoding.UTF8.GetBytes(text.Append("]}").ToString()));

        void Append(int axis)
        {
            if (axis == shape.Rank)
            {
                text.Append(CultureInfo.InvariantCulture, $"{example[next++]}");
                return;
            }

            for (var i = 0; i < shape[axis]; i++)
            {
                text.Append(i == 0 ? '[' : ',');
                Append(axis + 1);
            }

            text.Append(']');
        }
    }

    static byte[] Post(string type, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
