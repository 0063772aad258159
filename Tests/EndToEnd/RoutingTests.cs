namespace TraceDemo.Tests.EndToEnd;

/// <summary>Every service, as it runs, tells an unknown address or method to whoever has a token for it, and to nobody else.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class RoutingTests(RunningSystem system)
{
    [Theory]
    [InlineData("gateway", "GET", "/api/access-direct")]
    [InlineData("user-service", "GET", "/access")]
    [InlineData("agent-service", "DELETE", "/agents")]
    [InlineData("document-service", "GET", "/access")]
    public async Task Missing_routes_and_methods_are_404_and_405_with_a_valid_token_only(string service, string method, string path)
    {
        var address = system.Host.Address(service);
        var token = await TokenForAsync(service);

        (await system.AskAsync(HttpMethod.Get, new Uri(address, "/no/such/thing"), token)).IsRefused(404, "not_found");
        (await system.AskAsync(new HttpMethod(method), new Uri(address, path), token)).IsRefused(405, "method_not_allowed");
        (await system.AskAsync(HttpMethod.Get, new Uri(address, "/no/such/thing"), token: null)).IsRefused(401, "token_missing");
        (await system.AskAsync(new HttpMethod(method), new Uri(address, path), token: null)).IsRefused(401, "token_missing");
    }

    [Fact]
    public async Task A_wrong_content_type_is_415_through_the_gateway()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Gateway, "/api/access-direct"))
        {
            Content = new StringContent("documentId=DOC-001"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await system.SignInAsync("alice")}");
        using var response = await system.Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await Answer.ReadAsync(response)).IsRefused(415, "unsupported_media_type");
    }

    private async Task<string> TokenForAsync(string service) => service switch
    {
        "gateway" => await system.SignInAsync("alice"),
        "user-service" => await system.ExchangeAsync("gateway", await system.SignInAsync("alice"), ["user-service"]),
        "agent-service" => await system.SignInAsClientAsync("user-service", "agents:read"),
        _ => await system.SignInAsClientAsync("agent-gpt4", "documents:read"),
    };
}
