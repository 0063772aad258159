using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>The common parts of ResourceSpans and ResourceLogs, ScopeSpans and
/// ScopeLogs. Fields may be in any order, so it is looked up first.</summary>
internal static class ProtobufResource
{
    public static List<Tag>? Attributes(ReadOnlySpan<byte> resourceItems, Intake intake)
    {
        List<Tag>? attributes = null;
        for (var reader = new WireReader(resourceItems); reader.Next();)
        {
            if (reader.Field == 1)
            {
                ReadAttributes(reader.Bytes(), ref attributes, intake);
            }
            else
            {
                reader.Skip();
            }
        }

        return attributes;
    }

    public static string ScopeName(ReadOnlySpan<byte> scopeItems, Intake intake)
    {
        var name = "";
        for (var reader = new WireReader(scopeItems); reader.Next();)
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            for (var scope = new WireReader(reader.Bytes()); scope.Next();)
            {
                if (scope.Field == 1)
                {
                    name = intake.Name(scope.Bytes());
                }
                else
                {
                    scope.Skip();
                }
            }
        }

        return name;
    }

    private static void ReadAttributes(ReadOnlySpan<byte> resource, ref List<Tag>? attributes, Intake intake)
    {
        for (var reader = new WireReader(resource); reader.Next();)
        {
            if (reader.Field == 1)
            {
                ProtobufValues.ReadAttribute(reader.Bytes(), ref attributes, intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
