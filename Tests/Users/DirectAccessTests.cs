using System.Diagnostics;

namespace TraceDemo.Tests.Users;

public sealed class DirectAccessTests : IAsyncLifetime
{
    private UserServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UserServiceHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_document_is_requested_as_user_service_for_the_person()
    {
        var answer = await AccessAsync();

        Assert.Equal(200, answer.Status);
        Assert.Equal("Budget", answer.Body.GetProperty("document").GetProperty("title").GetString());
        var request = Assert.Single(_host.Received);
        Assert.Equal(("/access", """{"documentId":"DOC-001"}"""), (request.Path, request.Body));
        Assert.Equal(("document-service", "user-service"),
            (request.Token.GetProperty("aud").GetString(), request.Token.GetProperty("azp").GetString()));
        Assert.Contains("documents:read", request.Token.GetProperty("scope").GetString()!.Split(' '));
        Assert.DoesNotContain("Txn-Token", request.Headers.Keys);
    }

    [Fact]
    public async Task A_denial_is_returned_complete()
    {
        _host.Answer = RecordingPeer.Says(
            403, """{"reason":"department_required","detail":"Missing: hr.","granted":false,"decision":{"missing":["hr"]}}""");
        using var spans = new SpanCollector();

        var answer = await AccessAsync();

        Assert.Equal((403, "department_required", "Missing: hr."), (answer.Status, answer.Reason, answer.Detail));
        Assert.Equal("hr", answer.Body.GetProperty("decision").GetProperty("missing")[0].GetString());
        var trace = ActivityTraceId.CreateFromString(answer.Body.GetProperty("traceId").GetString());
        var span = spans.Of(trace).Single(span => span.OperationName == "user.direct_access");
        Assert.Equal((false, "department_required", ActivityStatusCode.Unset),
            (span.GetTagItem("access.granted"), span.GetTagItem("access.reason"), span.Status));
        Assert.Equal("access.denied", Assert.Single(span.Events).Name);
        Assert.Null(span.GetTagItem("agent.id"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"documentId":""}""")]
    [InlineData("""{"documentId":"a/b"}""")]
    [InlineData("""{"documentId":7}""")]
    public async Task A_request_without_a_document_is_refused(string body)
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/access", UserServiceHost.Alice, body);

        Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
        Assert.Contains("documentId", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(_host.Exchanges);
    }

    private Task<Answer> AccessAsync() =>
        _host.SendAsync(HttpMethod.Post, "/access", UserServiceHost.Alice, new { documentId = "DOC-001" });
}
