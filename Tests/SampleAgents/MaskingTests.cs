using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review;

namespace TraceDemo.Tests.SampleAgents;

public sealed class MaskingTests
{
    private static readonly string[] Values =
    [
        "jane.doe@example.com", "+49 30 1234567", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "AKIAIOSFODNN7EXAMPLE",
        "q8Zt3LmX0vRb7NcYp2KdWf5HsJ9aEuGi", "postgres://app:s3cretpw@db/main", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    ];

    private static readonly string[] Surroundings =
        ["TODO", "http://x.test", "10.1.2.3", "as soon as possible", "4,200,000", "(", ")", "|", "<", ">", "—", "\n", "note", "…", "\"",
            "password=hunter22"];

    private static readonly Gen<string> Documents =
        from parts in Gen.ListOf(Gen.Frequency((2, Gen.Elements(Surroundings)), (1, Gen.Elements(Values))))
        select string.Join(' ', parts);

    [Fact]
    public void No_finding_of_any_rule_shows_a_sensitive_value()
    {
        Prop.ForAll(Documents.ToArbitrary(), text =>
        {
            var excerpts = Enum.GetValues<ReviewType>().SelectMany(type => DocumentReview.Run(TestDocument.Of(text), type))
                .Select(finding => finding.Excerpt);
            return excerpts.All(excerpt => !Values.Append("hunter22").Any(value => Reveals(excerpt, value)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Excerpts_are_short_and_show_the_place_of_the_finding()
    {
        var line = new string('x', 5000) + " TODO settle " + new string('y', 5000);
        var finding = Assert.Single(DocumentReview.Run(TestDocument.Of("Owner: x\n2026-01-01\n" + line), ReviewType.General));

        Assert.Contains("TODO settle", finding.Excerpt, StringComparison.Ordinal);
        Assert.InRange(finding.Excerpt.Length, 20, 162);
    }

    [Theory]
    [InlineData("x jane.doe@example.com y TODO", "x [e-mail address] y TODO")]
    [InlineData("TODO <jane@example.com>, +49 30 1234567", "TODO <[e-mail address]>, [phone number]")]
    [InlineData("TODO pwd='two words'; rest", "TODO [password] rest")]
    [InlineData("a)jane@example.com(b TODO", "a)[e-mail address](b TODO")]
    public void Masks_name_the_kind_of_the_masked_value(string line, string excerpt) =>
        Assert.Contains(DocumentReview.Run(TestDocument.Of(line), ReviewType.General), finding => finding.Excerpt == excerpt);

    [Fact]
    public void A_value_longer_than_any_pattern_is_masked_completely()
    {
        var local = new string('x', 300);
        var secret = new string('s', 10_000);

        var findings = DocumentReview.Run(TestDocument.Of($"{local}@example.com\npassword={secret}"), ReviewType.Security);

        Assert.All(findings, finding => Assert.DoesNotContain("xxxx", finding.Excerpt, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.DoesNotContain("ssss", finding.Excerpt, StringComparison.Ordinal));
        Assert.Equal(["secret.password", "personal_data.email"], findings.Select(finding => finding.Rule));
    }

    /// <summary>Not even a third of a value may show, nor four characters of a short one.</summary>
    private static bool Reveals(string excerpt, string value)
    {
        var length = Math.Max(4, value.Length / 3);
        return Enumerable.Range(0, value.Length - length + 1)
            .Any(start => excerpt.Contains(value.Substring(start, length), StringComparison.Ordinal));
    }
}
