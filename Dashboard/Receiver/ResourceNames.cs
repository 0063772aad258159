using System.Text;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Whether each resource of an encoded ExportTraceServiceRequest names its service exactly once. Receivers differ in which of two
/// names they use; a forwarded message must be unambiguous for
/// all of them. Field numbers are those of opentelemetry-proto 1.x.
/// </summary>
internal static class ResourceNames
{
    private const int ResourceSpans = 1;
    private const int Resource = 1;
    private const int Attribute = 1;
    private const int Key = 1;
    private const int Value = 2;
    private const int StringValue = 1;

    /// <exception cref="InvalidDataException">The message is malformed.</exception>
    public static bool AreAll(string service, ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.Next())
        {
            if (reader.Field != ResourceSpans)
            {
                reader.Skip();
            }
            else if (!IsNamed(service, reader.Bytes()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNamed(string service, ReadOnlySpan<byte> spans)
    {
        var (resources, names) = (0, 0);
        for (var reader = new WireReader(spans); reader.Next();)
        {
            if (reader.Field != Resource)
            {
                reader.Skip();
                continue;
            }

            resources++;
            for (var resource = new WireReader(reader.Bytes()); resource.Next();)
            {
                if (resource.Field != Attribute)
                {
                    resource.Skip();
                    continue;
                }

                var (isName, name) = Read(resource.Bytes());
                if (!isName)
                {
                    continue;
                }

                names++;
                if (name != service)
                {
                    return false;
                }
            }
        }

        return resources == 1 && names == 1;
    }

    /// <summary>
    /// The service that an attribute names, or null if the key or the value occurs twice: protobuf merges such a message and uses
    /// the last of two strings, but not every parser does.
    /// </summary>
    private static (bool IsName, string? Name) Read(ReadOnlySpan<byte> attribute)
    {
        var (isName, name, fields) = (false, (string?)null, 0);
        for (var reader = new WireReader(attribute); reader.Next(); fields++)
        {
            if (reader.Field == Key)
            {
                isName |= reader.Bytes().SequenceEqual("service.name"u8);
            }
            else if (reader.Field != Value)
            {
                reader.Skip();
            }
            else
            {
                for (var value = new WireReader(reader.Bytes()); value.Next(); fields++)
                {
                    if (value.Field == StringValue)
                    {
                        name = Encoding.UTF8.GetString(value.Bytes());
                    }
                    else
                    {
                        value.Skip();
                    }
                }
            }
        }

        return (isName, fields == 3 ? name : null);
    }
}
