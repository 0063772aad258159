using System.Text;
using TraceDemo.Dashboard.Receiver;

namespace TraceDemo.Dashboard.Forwarding;

/// <summary>
/// Removes query strings and tokens from an encoded ExportTraceServiceRequest, as the receiver does for the store: Keycloak's server spans
/// contain session codes and ID tokens. Unknown fields
/// with a length are omitted. Everything else is copied byte for byte; field numbers are those of opentelemetry-proto 1.x.
/// </summary>
internal static class TraceRedaction
{
    private const int MaxDepth = 64;

    private enum Part
    {
        Other, Text, Request, ResourceSpans, Resource, ScopeSpans, Scope, Span, Event, Link, Status, Attribute, Value, Array, Map,
    }

    /// <summary>The same instance if there was nothing to remove.</summary>
    /// <exception cref="InvalidDataException">The message is malformed, or nested too deeply.</exception>
    public static byte[] Clean(byte[] request) => Clean(Part.Request, request, "", 0) ?? request;

    private static Part Inside(Part message, int field) => (message, field) switch
    {
        (Part.Request, 1) => Part.ResourceSpans,
        (Part.ResourceSpans, 1) => Part.Resource,
        (Part.ResourceSpans, 2) => Part.ScopeSpans,
        (Part.ScopeSpans, 1) => Part.Scope,
        (Part.ScopeSpans, 2) => Part.Span,
        (Part.Span, 11) => Part.Event,
        (Part.Span, 13) => Part.Link,
        (Part.Span, 15) => Part.Status,
        (Part.Resource or Part.Map, 1) or (Part.Scope or Part.Event, 3) or (Part.Link, 4) or (Part.Span, 9) => Part.Attribute,
        (Part.Attribute, 2) or (Part.Array, 1) => Part.Value,
        (Part.Value, 5) => Part.Array,
        (Part.Value, 6) => Part.Map,
        // Names, versions, trace states, messages, keys, strings, and bytes, which could contain a token too.
        (Part.Scope, 1 or 2) or (Part.Span, 3 or 5) or (Part.Event, 2) or (Part.Link, 3) or (Part.Status, 2) => Part.Text,
        (Part.Attribute, 1) or (Part.Value, 1 or 7) or (Part.ResourceSpans or Part.ScopeSpans, 3) => Part.Text,
        _ => Part.Other,
    };

    /// <summary>Null if there was nothing to remove.</summary>
    private static byte[]? Clean(Part part, ReadOnlySpan<byte> message, string key, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"The message is nested deeper than {MaxDepth} levels.");
        }
        if (part == Part.Text)
        {
            return CleanText(message, key);
        }

        MemoryStream? cleaned = null;
        var copied = 0;
        var reader = new WireReader(message);
        for (var start = 0; reader.Next(); start = reader.Position)
        {
            var inside = Inside(part, reader.Field);
            if (inside == Part.Other && !reader.HasLength)
            {
                reader.Skip();
                continue;
            }

            var bytes = reader.Bytes();
            if (inside == Part.Other && IsId(part, reader.Field, bytes.Length))
            {
                continue;
            }

            var ownKey = inside == Part.Attribute ? KeyOf(bytes) : key;
            // An unknown field may contain anything.
            var isDropped = inside == Part.Other || (inside == Part.Attribute && SensitiveText.IsDropped(ownKey));
            var changed = isDropped ? null : Clean(inside, bytes, ownKey, depth + 1);
            if (!isDropped && changed is null)
            {
                continue;
            }

            cleaned ??= new MemoryStream();
            cleaned.Write(message[copied..start]);
            copied = reader.Position;
            if (changed is not null)
            {
                WriteField(cleaned, reader.Field, changed);
            }
        }

        cleaned?.Write(message[copied..]);
        return cleaned?.ToArray();
    }

    /// <summary>Trace and span ids, which have a fixed length.</summary>
    private static bool IsId(Part part, int field, int length) => (part, field) switch
    {
        (Part.Span or Part.Link, 1) => length == 16,
        (Part.Span or Part.Link, 2) or (Part.Span, 4) => length is 8 or 0,
        _ => false,
    };

    /// <summary>As Latin-1, which preserves every byte: the patterns are ASCII, and the surrounding text may be invalid UTF-8.</summary>
    private static byte[]? CleanText(ReadOnlySpan<byte> bytes, string key)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var clean = SensitiveText.Clean(key, text);
        return ReferenceEquals(clean, text) ? null : Encoding.Latin1.GetBytes(clean);
    }

    /// <summary>Looked up first: fields may be in any order.</summary>
    private static string KeyOf(ReadOnlySpan<byte> attribute)
    {
        var key = "";
        for (var reader = new WireReader(attribute); reader.Next();)
        {
            if (reader.Field == 1)
            {
                key = Encoding.Latin1.GetString(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return key;
    }

    private static void WriteField(MemoryStream output, int field, byte[] content)
    {
        WriteVarint(output, (uint)(field << 3) | (uint)WireType.Bytes);
        WriteVarint(output, (uint)content.Length);
        output.Write(content);
    }

    private static void WriteVarint(MemoryStream output, uint value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }
        output.WriteByte((byte)value);
    }
}
