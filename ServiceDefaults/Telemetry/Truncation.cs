namespace TraceDemo.ServiceDefaults.Telemetry;

internal static class Truncation
{
    public static string Truncate(this string text, int maxLength) => text.Length > maxLength ? text[..maxLength] : text;
}
