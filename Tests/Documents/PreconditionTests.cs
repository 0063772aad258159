using Microsoft.Extensions.Primitives;
using TraceDemo.DocumentService.Changes;

namespace TraceDemo.Tests.Documents;

public sealed class PreconditionTests
{
    private const string Current = "\"abc\"";

    [Theory]
    [InlineData(null, "precondition_required")]
    [InlineData("", "precondition_required")]
    [InlineData("*", "precondition_required")]
    [InlineData("\"abc\", *", "precondition_required")]
    [InlineData("\"other\"", "precondition_failed")]
    [InlineData("W/\"abc\"", "precondition_failed")]
    [InlineData("\"ABC\"", "precondition_failed")]
    [InlineData("abc", "request_invalid")]
    [InlineData("\"abc", "request_invalid")]
    [InlineData("\"abc\" \"def\"", "request_invalid")]
    [InlineData("\"abc\"", null)]
    [InlineData("\"other\", \"abc\"", null)]
    public void Only_the_exact_current_version_allows_a_write(string? ifMatch, string? refusal) =>
        Assert.Equal(refusal, Precondition.Check(ifMatch, Current)?.Value);

    [Fact]
    public void Header_may_come_in_several_lines() =>
        Assert.Null(Precondition.Check(new StringValues(["\"other\"", "\"abc\""]), Current));
}
