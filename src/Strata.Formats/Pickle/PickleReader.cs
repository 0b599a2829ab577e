using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Strata.Formats.Pickle;

/// <summary>An interpreter of the part of Python's pickle format (protocols 2 to 5, as of pickletools) that data needs: numbers, texts, tuples, lists,
/// dictionaries, and calls of the names that the kind of file has. It never runs code: any other opcode or name is
/// refused by its name. Values are null, bool, long, <see cref="BigInteger"/>, double, string, byte[], List&lt;object?&gt;,
/// <see cref="PickleTuple"/>, <see cref="PickleDictionary"/>, <see cref="PickleGlobal"/> and what <paramref name="objects"/> makes.</summary>
/// <param name="from">A stream with a length; it is left behind the pickle.</param>
/// <param name="objects">The names that may be referred to.</param>
/// <remarks>Every fault is a <see cref="FormatException"/>. Memory stays below about 200 bytes a byte of the pickle.</remarks>
sealed class PickleReader(Stream from, IPickleObjects objects)
{
    const int MaxMemo = 1 << 24, MaxText = 1 << 20;
    static readonly UTF8Encoding utf8 = new(false, throwOnInvalidBytes: true);
    static readonly object mark = new();
    static readonly object?[] small = new object?[1 << 16]; // texts are millions of numbers of one and two bytes: each is boxed once

    readonly List<object?> stack = [];
    readonly List<int> marks = [];
    readonly Dictionary<long, object?> memo = [];
    readonly byte[] scratch = new byte[8];

    /// <summary>The next pickle of the stream.</summary>
    public object? Read()
    {
        stack.Clear();
        marks.Clear();
        memo.Clear();
        while (true)
        {
            var at = from.Position;
            var opcode = from.ReadByte();
            if (opcode < 0) throw new FormatException("the pickle is truncated: it ends before its STOP");
            if (opcode == '.')
            {
                var value = Pop();
                return stack.Count == 0 ? value : throw new FormatException($"the pickle leaves {stack.Count} values on its stack");
            }

            Step(opcode, at);
        }
    }

    void Step(int opcode, long at)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                if (Byte() is var version and (< 1 or > 5)) throw new FormatException($"the pickle's protocol is {version}, expected 1 to 5");
                break;
            case 0x95: Take(8); break; // FRAME: a hint for buffers
            case 'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 'K': Push(Small(Byte())); break;
            case 'M': Push(Small(BinaryPrimitives.ReadUInt16LittleEndian(Take(2)))); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 0x8A: Push(Integer(Byte())); break; // LONG1
            case 0x8B: Push(Integer(Length(BinaryPrimitives.ReadInt32LittleEndian(Take(4))))); break; // LONG4
            case 'X': Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case 0x8C: Push(Text(Byte())); break; // SHORT_BINUNICODE
            case 0x8D: Push(Text(BinaryPrimitives.ReadInt64LittleEndian(Take(8)))); break; // BINUNICODE8
            case 'T': Push(Text(Length(BinaryPrimitives.ReadInt32LittleEndian(Take(4))))); break; // Python 2's strings
            case 'U': Push(Text(Byte())); break;
            case 'B': Push(Bytes(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case 'C': Push(Bytes(Byte())); break;
            case 0x8E: Push(Bytes(BinaryPrimitives.ReadInt64LittleEndian(Take(8)))); break; // BINBYTES8
            case ')': Push(new PickleTuple([])); break;
            case ']': Push(new List<object?>()); break;
            case '}': Push(new PickleDictionary()); break;
            case 0x85: Push(new PickleTuple([Pop()])); break;
            case 0x86: Push(new PickleTuple(PopLast(2))); break;
            case 0x87: Push(new PickleTuple(PopLast(3))); break;
            case 't': Push(new PickleTuple(PopToMark())); break;
            case 'l': Push(new List<object?>(PopToMark())); break;
            case 'd':
            {
                var items = PopToMark();
                var made = new PickleDictionary();
                Set(made, items);
                Push(made);
                break;
            }

            case '(': marks.Add(stack.Count); Push(mark); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': Push(Top()); break;
            case 'a':
            {
                var item = Pop();
                List().Add(item);
                break;
            }

            case 'e':
            {
                var items = PopToMark();
                List().AddRange(items);
                break;
            }

            case 's':
            {
                var pair = PopLast(2);
                Set(Dictionary(), pair);
                break;
            }

            case 'u':
            {
                var items = PopToMark();
                Set(Dictionary(), items);
                break;
            }

            case 'q': Remember(Byte()); break;
            case 'r': Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case 0x94: Remember(memo.Count); break; // MEMOIZE
            case 'h': Recall(Byte()); break;
            case 'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case 'c': Push(objects.Known($"{Line()} {Line()}")); break;
            case 0x93: // STACK_GLOBAL
                Push(PopLast(2) is [string module, string name] ? objects.Known($"{module} {name}") : throw new FormatException("STACK_GLOBAL: the name is no text"));
                break;
            case 'Q': Push(objects.Persistent(Pop())); break;
            case 'R':
                Push(PopLast(2) is [PickleGlobal function, PickleTuple arguments]
                    ? objects.Call(function.Name, arguments.Items)
                    : throw new FormatException("REDUCE: it calls what is no name, or without a tuple of arguments"));
                break;
            case 'b':
            {
                var state = Pop();
                objects.Build(Top(), state);
                break;
            }

            default:
                throw new FormatException(Forbidden(opcode) is { } what
                    ? $"the pickle's opcode {what} at byte {at} is refused: only data is read, nothing is run"
                    : $"the pickle has the unknown opcode {opcode:X2} at byte {at}");
        }
    }

    /// <summary>The opcodes of the format that stay outside: those that make objects of classes, and those of the text protocol 0.</summary>
    static string? Forbidden(int opcode) => opcode switch
    {
        'o' => "OBJ",
        'i' => "INST",
        0x81 => "NEWOBJ",
        0x92 => "NEWOBJ_EX",
        0x82 => "EXT1",
        0x83 => "EXT2",
        0x84 => "EXT4",
        'P' => "PERSID",
        0x8F => "EMPTY_SET",
        0x90 => "ADDITEMS",
        0x91 => "FROZENSET",
        0x96 => "BYTEARRAY8",
        0x97 => "NEXT_BUFFER",
        0x98 => "READONLY_BUFFER",
        'I' => "INT",
        'L' => "LONG",
        'F' => "FLOAT",
        'S' => "STRING",
        'V' => "UNICODE",
        'p' => "PUT",
        'g' => "GET",
        _ => null,
    };

    static object Small(int value) => small[value] ??= (long)value;

    void Push(object? value) => stack.Add(value);

    object? Pop()
    {
        var value = Top();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    object? Top() => stack.Count == 0 || ReferenceEquals(stack[^1], mark) ? throw new FormatException("the pickle takes a value from an empty stack") : stack[^1];

    object?[] PopLast(int count)
    {
        var items = new object?[count];
        while (count > 0) items[--count] = Pop();
        return items;
    }

    object?[] PopToMark()
    {
        if (marks.Count == 0) throw new FormatException("the pickle goes back to a mark that is not there");
        var at = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        if (at >= stack.Count || !ReferenceEquals(stack[at], mark)) throw new FormatException("the pickle goes back to a mark that is not there");
        var items = new object?[stack.Count - at - 1];
        stack.CopyTo(at + 1, items, 0, items.Length);
        stack.RemoveRange(at, stack.Count - at);
        return items;
    }

    List<object?> List() => Top() as List<object?> ?? throw new FormatException("the pickle appends to what is no list");

    PickleDictionary Dictionary() => Top() as PickleDictionary ?? throw new FormatException("the pickle sets entries of what is no dictionary");

    static void Set(PickleDictionary to, object?[] items)
    {
        if (items.Length % 2 != 0) throw new FormatException("the pickle gives a dictionary a key without a value");
        for (var i = 0; i < items.Length; i += 2) to.Entries.Add((items[i], items[i + 1]));
    }

    void Remember(long index)
    {
        if (memo.Count >= MaxMemo) throw new FormatException($"the pickle remembers more than {MaxMemo} values");
        memo[index] = Top();
    }

    void Recall(long index) => Push(memo.TryGetValue(index, out var value) ? value : throw new FormatException($"the pickle recalls value {index}, which it never remembered"));

    byte Byte() => from.ReadByte() is var b and >= 0 ? (byte)b : throw Truncated();

    ReadOnlySpan<byte> Take(int count)
    {
        var to = scratch.AsSpan(0, count);
        return from.ReadAtLeast(to, count, throwOnEndOfStream: false) == count ? to : throw Truncated();
    }

    static long Length(int length) => length >= 0 ? length : throw new FormatException($"the pickle has a value of {length} bytes");

    byte[] Bytes(long length)
    {
        if (length < 0 || length > from.Length - from.Position) throw Truncated();
        var bytes = new byte[length];
        from.ReadExactly(bytes);
        return bytes;
    }

    string Text(long length)
    {
        if (length > MaxText) throw new FormatException($"the pickle has a text of {length} bytes, more than the limit of {MaxText}");
        try
        {
            return utf8.GetString(Bytes(length));
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("the pickle has a text that is no UTF-8", e);
        }
    }

    object Integer(long length)
    {
        if (length > 1024) throw new FormatException($"the pickle has a number of {length} bytes, more than the limit of 1024");
        var value = new BigInteger(Bytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value; // without the cast both would be a BigInteger
    }

    string Line()
    {
        var line = new StringBuilder();
        for (var b = Byte(); b != '\n'; b = Byte())
            if (line.Append((char)b).Length > 256) throw new FormatException("the pickle has a name of more than 256 characters");
        return line.ToString();
    }

    static FormatException Truncated() => new("the pickle is truncated");
}
