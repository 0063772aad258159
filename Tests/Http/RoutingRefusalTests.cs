using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.Tests.Http;

/// <summary>What no route takes is told to whoever has a valid token, and to nobody else.</summary>
public sealed class RoutingRefusalTests : OnTestService
{
    public static TheoryData<string, string, string?, int, string> Requests => new()
    {
        { "GET", "/nowhere", null, 404, "not_found" },
        { "GET", "/items/1/2", null, 404, "not_found" },
        { "DELETE", "/items/1", null, 405, "method_not_allowed" },
        { "OPTIONS", "/items/1", null, 405, "method_not_allowed" },
        { "POST", "/admin", null, 405, "method_not_allowed" },
        { "POST", "/takes", "text/plain", 415, "unsupported_media_type" },
        { "POST", "/takes", "application/x-www-form-urlencoded", 415, "unsupported_media_type" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task With_a_valid_token_the_routing_error_is_returned(
        string method, string path, string? contentType, int status, string reason)
    {
        var answer = await SendAsync(method, path, contentType, Provider.Sign(TestToken.Person));
        answer.Answer.IsRefused(status, reason);

        // Who may call nothing here is no stranger to the system either.
        (await SendAsync(method, path, contentType, Provider.Sign(TestToken.Person with { Client = "dashboard" }))).Answer.IsRefused(
            status, reason);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Without_a_valid_token_every_path_is_401(
        string method, string path, string? contentType, int status, string reason)
    {
        Assert.NotEqual((401, "token_missing"), (status, reason));
        (await SendAsync(method, path, contentType, token: null)).Answer.IsRefused(401, "token_missing");
        (await SendAsync(method, path, contentType, Provider.SignWithForeignKey(TestToken.Person))).Answer.IsRefused(401, "token_invalid");
        (await SendAsync(method, path, contentType, Provider.Sign(TestToken.Person with { Audience = "user-service" }))).Answer.IsRefused(
            401, "audience_invalid");
    }

    [Fact]
    public async Task A_405_lists_the_allowed_methods()
    {
        var answer = await SendAsync("DELETE", "/items/1", contentType: null, Provider.Sign(TestToken.Person));

        Assert.Equal(["GET", "PUT"], answer.Allow.Order());
    }

    [Fact]
    public async Task An_existing_endpoint_still_requires_a_caller()
    {
        (await SendAsync("GET", "/admin", contentType: null, Provider.Sign(TestToken.Person))).Answer.IsRefused(403, "admin_required");
        (await SendAsync("GET", "/items/1", contentType: null,
            Provider.Sign(TestToken.Person with { Client = "dashboard" }))).Answer.IsRefused(403, "caller_not_accepted");
    }

    protected override void Map(WebApplication app)
    {
        app.MapGet("/items/{id}", (string id) => id).Accept(Callers.Person("tracedemo-cli"));
        app.MapPut("/items/{id}", (string id) => id).Accept(Callers.Person("tracedemo-cli"));
        app.MapGet("/admin", () => "secret").Accept(Callers.Person("tracedemo-cli").InGroup("admin"));
        app.MapPost("/takes", (Taken taken) => taken).Accept(Callers.Person("tracedemo-cli"));
    }

    private async Task<(Answer Answer, ICollection<string> Allow)> SendAsync(string method, string path, string? contentType, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Service.Address, path));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }
        if (contentType is not null)
        {
            request.Content = new StringContent("x=y", new MediaTypeHeaderValue(contentType));
        }

        using var response = await Service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await Answer.ReadAsync(response), response.Content.Headers.Allow);
    }

    private sealed record Taken(string? Name);
}
