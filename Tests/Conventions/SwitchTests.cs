using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Conventions;

/// <summary>Checks that nobody turns off, whatever the reason.</summary>
public sealed class SwitchTests
{
    private static readonly SourceFile Own = SourceFiles.Named("Tests/Conventions/SwitchTests.cs");

    [Theory]
    [InlineData(@"\b(Validate(Issuer|Audience|Lifetime|IssuerSigningKey|Actor)|Require(SignedTokens|ExpirationTime|Audience))\s*=\s*false")]
    [InlineData(@"FallbackPolicy\s*=\s*null|SetFallbackPolicy\(null")]
    [InlineData(
        @"RequireHttpsMetadata\s*=\s*false|DangerousAcceptAny|ServerCertificateCustomValidationCallback|"
            + @"RemoteCertificateValidationCallback")]
    [InlineData(@"SignatureValidator\s*=|SkipUnrecognizedRequests|IncludeErrorDetails\s*=\s*true|ShowPII\s*=\s*true")]
    [InlineData(@"TypeNameHandling|BinaryFormatter|MarkupString\)|Html\.Raw|AllowAnyOrigin")]
    public void No_source_turns_a_check_off(string pattern) => Findings.None(Lines(SourceFiles.CSharp, pattern));

    [Fact]
    public void Package_audits_are_never_silenced() =>
        Findings.None(Lines(SourceFiles.All.Where(file => Path.GetExtension(file.Path) is ".csproj" or ".props"),
            @"NuGetAudit>false|NoWarn[^<]*>[^<]*NU19|NuGetAuditSuppress"));

    [Fact]
    public void A_suppressed_warning_carries_its_reason() =>
        Findings.None(Lines(SourceFiles.CSharp, @"#pragma warning disable(?!.*//)|SuppressMessage\((?!.*Justification)"));

    [Fact]
    public void No_code_is_left_in_comments() => Findings.None(Lines(SourceFiles.CSharp, @"^\s*//(?!/).*[;{}]\s*$"));

    [Fact]
    public void No_source_contains_TODO_comments_or_unimplemented_members() =>
        Findings.None(Lines(SourceFiles.All, @"((?<!:)//|<!--|^\s*#|@\*).*\b(TODO|FIXME|HACK)\b|NotImplementedException"));

    [Fact]
    public void Tests_have_no_arrange_act_assert_comments() =>
        Findings.None(Lines(SourceFiles.CSharp.Where(file => file.IsTest), @"//\s*(Arrange|Act|Assert)\b"));

    private static IEnumerable<string> Lines(IEnumerable<SourceFile> files, string pattern) =>
        from file in files
        where file.Path != Own.Path
        from line in file.Lines.Index()
        where Regex.IsMatch(line.Item, pattern)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";
}
