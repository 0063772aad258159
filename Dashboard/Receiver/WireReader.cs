using System.Buffers.Binary;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Reads the fields of one protobuf message in place: nothing is allocated, and a length never extends beyond the message.
/// Malformed input throws <see cref="InvalidDataException"/>. Encoding: https://protobuf.dev/programming-guides/encoding/
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private readonly int _length = message.Length;
    private ReadOnlySpan<byte> _rest = message;
    private WireType _type;

    /// <summary>The number of the field that the next Read… or <see cref="Skip"/> consumes.</summary>
    public int Field { get; private set; }

    /// <summary>Whether that field has a length: a string, bytes or a message.</summary>
    public readonly bool HasLength => _type == WireType.Bytes;

    /// <summary>The number of bytes read: between two fields, the start of the next one.</summary>
    public readonly int Position => _length - _rest.Length;

    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }
        var tag = RawVarint();
        Field = tag is > 7 and <= uint.MaxValue ? (int)(tag >> 3) : throw Malformed("field number");
        _type = (WireType)(tag & 7);
        return true;
    }

    public ulong Varint()
    {
        Expect(WireType.Varint);
        return RawVarint();
    }

    public ulong Fixed64()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        var length = RawVarint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Malformed("length");
    }

    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint: RawVarint(); break;
            case WireType.Fixed64: Take(8); break;
            case WireType.Bytes: Bytes(); break;
            case WireType.Fixed32: Take(4); break;
            default: throw Malformed("wire type"); // Groups are deprecated, and OTLP has none.
        }
    }

    private readonly void Expect(WireType type)
    {
        if (_type != type)
        {
            throw Malformed("wire type");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Malformed("end");
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong RawVarint()
    {
        ulong value = 0;
        for (var index = 0; index < 10; index++)
        {
            if (index >= _rest.Length)
            {
                throw Malformed("end");
            }
            var part = _rest[index];
            value |= (ulong)(part & 0x7f) << (7 * index);
            if (part < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        throw Malformed("varint");
    }

    private static InvalidDataException Malformed(string what) => new($"The protobuf message is malformed: {what}.");
}
