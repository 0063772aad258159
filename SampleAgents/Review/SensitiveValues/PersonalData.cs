using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>Detects personal data by its format, and by check digits where available.</summary>
internal static partial class PersonalData
{
    public static IEnumerable<SensitiveValue> Find(string line)
    {
        foreach (Match match in EmailAddress().Matches(line))
        {
            yield return new SensitiveValue(SensitiveKind.Email, match.Index, match.Index + match.Length);
        }

        foreach (Match match in PhoneNumber().Matches(line))
        {
            yield return new SensitiveValue(SensitiveKind.Phone, match.Index, match.Index + match.Length);
        }

        foreach (Match match in CardCandidate().Matches(line))
        {
            var number = match.Groups["number"];
            if (Luhn.IsPaymentCard(number.ValueSpan))
            {
                yield return new SensitiveValue(SensitiveKind.PaymentCard, number.Index, number.Index + number.Length);
            }
        }

        foreach (Match match in IbanCandidate().Matches(line))
        {
            if (Iban.LengthAt(line, match.Index) is { } length)
            {
                yield return new SensitiveValue(SensitiveKind.Iban, match.Index, match.Index + length);
            }
        }
    }

    /// <summary>Matches from the @ on, which is fast to find; the part before it is added when the value is extended.</summary>
    [GeneratedRegex(@"(?<=[A-Za-z0-9._%+-])@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}", RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex EmailAddress();

    /// <summary>With a country code, with a trunk zero and an area code, or as (555)
    /// 123-4567; not a date, an amount, or a group of a longer number.</summary>
    [GeneratedRegex(
        @"(?<![\w+.,-])(?:\+[1-9]\d{0,2}(?:[ ./-]{0,2}\(?\d\)?){6,12}|(?<!\b\d{4} )0[1-9]\d{1,4}[ /-]{1,3}(?:\d{3,8}(?:[ -]\d{2,6}){1,3}|"
            + @"\d{5,8})|\(\d{3}\) ?\d{3}-\d{4})(?![\d])",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex PhoneNumber();

    /// <summary>Grouped like a card, or unbroken. It only looks ahead, so that a
    /// number before a card does not consume its first group.</summary>
    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?=(?<number>\d{4}(?<sign>[ -])\d{4}\k<sign>\d{4}\k<sign>\d{4}|\d{4}[ -]\d{6}[ -]\d{4,5}|"
            + @"\d{13,19})(?![A-Za-z0-9]))",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex CardCandidate();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9])", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex IbanCandidate();
}
