using System.Text;
using Strata.Data;
using Strata.Random;

namespace Strata.Bench.Words;

/// <summary>Generated text whose words follow Zipf's law exactly, with topics in it, so that there is something to learn: a sentence has a topic, and half of its words
/// are of the topic's own (those whose rank is the topic modulo the number of topics). Topics are as frequent as their words.</summary>
internal sealed class ZipfText
{
    const int Vocabulary = 100_000, Topics = 200, SentenceLength = 20;

    readonly AliasTable words, topics;
    readonly AliasTable[] ofTopic;

    public ZipfText()
    {
        words = new([.. Enumerable.Range(0, Vocabulary).Select(Share)]);
        var shares = Enumerable.Range(0, Topics).Select(t => Enumerable.Range(0, Vocabulary / Topics).Select(j => Share((j * Topics) + t)).ToArray()).ToArray();
        topics = new([.. shares.Select(s => s.Sum())]);
        ofTopic = [.. shares.Select(s => new AliasTable(s))];

        static double Share(int rank) => 1.0 / (rank + 1);
    }

    /// <summary>Writes a text of so many words, a sentence a line.</summary>
    public void Write(string path, long length, long seed)
    {
        using var to = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16);
        var random = new System.Random((int)seed); // the engine's stream is too slow for tens of millions of draws
        for (long i = 0; i < length; i += SentenceLength)
        {
            var topic = topics.Draw(Bits());
            for (var j = 0; j < SentenceLength; j++)
            {
                var rank = (Bits() & 1) == 0 ? words.Draw(Bits()) : (ofTopic[topic].Draw(Bits()) * Topics) + topic;
                if (j > 0) to.Write(' ');
                to.Write('w');
                to.Write(rank);
            }

            to.Write('\n');
        }

        ulong Bits() => (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 32);
    }
}
