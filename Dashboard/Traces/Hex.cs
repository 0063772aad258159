namespace TraceDemo.Dashboard.Traces;

internal static class Hex
{
    public static bool TryParse(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
            value = (value << 4) | (uint)Convert.ToInt32(digit.ToString(), 16);
        }

        return true;
    }
}
