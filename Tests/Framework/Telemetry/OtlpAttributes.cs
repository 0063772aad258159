namespace TraceDemo.Tests.Framework.Telemetry;

internal static class OtlpAttributes
{
    public static IReadOnlyDictionary<string, string> Read(ProtobufMessage? owner, int field) =>
        owner?.Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2))) ?? [];

    /// <summary>An <c>AnyValue</c> as text; an array's elements are separated by blanks.</summary>
    public static string Value(ProtobufMessage? value)
    {
        if (value is null)
        {
            return "";
        }

        if (value.Has(1))
        {
            return value.Text(1);
        }

        if (value.Has(2))
        {
            return value.Number(2) == 1 ? "true" : "false";
        }

        if (value.Has(3))
        {
            return ((long)value.Number(3)).ToString();
        }

        if (value.Has(4))
        {
            return BitConverter.UInt64BitsToDouble(value.Number(4)).ToString();
        }

        return string.Join(' ', value.Message(5)?.Messages(1).Select(Value) ?? []);
    }
}
