using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Http;

public sealed class AccessAnswerTests
{
    [Fact]
    public void Document_content_is_unchanged_after_a_hop() => Prop.ForAll<NonNull<string>>(text =>
    {
        var answer = JsonSerializer.Serialize(
            new { granted = true, reason = "delegation_match", document = new { id = "DOC-005", content = text.Get } });

        var passed = PassOnAsync(answer).GetAwaiter().GetResult();

        // The generated text may hold half of a surrogate pair, which no JSON can; what matters is that both read the same.
        return passed.GetProperty("document").GetProperty("content")
            .GetRawText() == JsonDocument.Parse(answer).RootElement.GetProperty("document").GetProperty("content").GetRawText();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Missing_members_are_not_added()
    {
        var passed = await PassOnAsync("""{"granted":true,"reason":"public_document","document":{"id":"DOC-007"}}""");

        Assert.Equal(["granted", "reason", "document", "traceId"], passed.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("<html/>")]
    [InlineData("""{"granted":true,"reason":"granted_because_i_say_so","document":{}}""")]
    [InlineData("""{"granted":true,"reason":"delegation_match"}""")]
    [InlineData("""{"granted":true,"reason":"department_required","document":{}}""")]
    [InlineData("""{"granted":false,"reason":"department_required","document":{}}""")]
    [InlineData("""{"granted":true,"reason":"delegation_match","document":{"id":"DOC-001"}""")]
    public async Task An_inconsistent_response_is_not_a_grant(string answer) =>
        Assert.Equal(
            ReasonCode.UpstreamUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => PassOnAsync(answer))).Reason);

    private static async Task<JsonElement> PassOnAsync(string answer)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(answer, Encoding.UTF8, "application/json"),
        };
        var read = await AccessAnswer.ReadAsync(response, TestContext.Current.CancellationToken);

        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await read.ToResult().ExecuteAsync(context);
        return JsonDocument.Parse(body.ToArray()).RootElement;
    }
}
