namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>The check digit of payment cards (ISO/IEC 7812-1, annex B).</summary>
internal static class Luhn
{
    public static bool IsPaymentCard(ReadOnlySpan<char> text)
    {
        var (sum, count, first) = (0, 0, '0');
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            first = text[i];
            var digit = first - '0';
            var doubled = count++ % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        // Payment networks use the major industry identifiers 2 to 6 only.
        return count is >= 13 and <= 19 && first is >= '2' and <= '6' && sum % 10 == 0;
    }
}
