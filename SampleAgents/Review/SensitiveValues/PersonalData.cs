using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>Personal data by its form, and by its check digits where it has them.</summary>
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

    /// <summary>From the @ on, which is quick to find; what stands before it is covered when the value is widened.</summary>
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

    /// <summary>Grouped as cards are, or in one piece. It looks ahead only, so that a
    /// number before a card does not swallow its first group.</summary>
    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?=(?<number>\d{4}(?<sign>[ -])\d{4}\k<sign>\d{4}\k<sign>\d{4}|\d{4}[ -]\d{6}[ -]\d{4,5}|"
            + @"\d{13,19})(?![A-Za-z0-9]))",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex CardCandidate();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9])", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex IbanCandidate();
}
