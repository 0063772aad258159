using System.Collections.Frozen;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>International bank account numbers: each country's length, and the check digits (ISO 13616, ISO 7064 MOD 97-10).</summary>
internal static class Iban
{
    private static readonly FrozenDictionary<string, int> Lengths =
        """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22
        GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
        MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29
        VA22 VG24 XK20
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry[2..]), StringComparer.Ordinal);

    /// <summary>The length of the number that starts here, including single spaces; null if there is none.</summary>
    public static int? LengthAt(string line, int start)
    {
        if (!Lengths.TryGetValue(line[start..(start + 2)], out var wanted))
        {
            return null;
        }

        Span<char> compact = stackalloc char[wanted];
        var (count, i) = (0, start);
        for (; i < line.Length && count < wanted; i++)
        {
            if (char.IsAsciiDigit(line[i]) || char.IsAsciiLetterUpper(line[i]))
            {
                compact[count++] = line[i];
            }
            else if (line[i] != ' ' || line[i - 1] == ' ')
            {
                return null;
            }
        }

        var cutOff = i < line.Length && char.IsAsciiLetterOrDigit(line[i]);
        return count == wanted && !cutOff && Remainder(compact) == 1 ? i - start : null;
    }

    private static int Remainder(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
        }

        return remainder;
    }
}
