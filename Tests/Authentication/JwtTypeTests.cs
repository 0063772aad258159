using Microsoft.AspNetCore.Builder;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.Tests.Authentication;

/// <summary>Where header <c>typ: JWT</c> is accepted, the claim must say what the header does not.</summary>
public sealed class JwtTypeTests
{
    [Theory]
    [InlineData("JWT", "Bearer", 200)]
    [InlineData("JWT", "ID", 401)]
    [InlineData("JWT", "Refresh", 401)]
    [InlineData("JWT", null, 401)]
    [InlineData("at+jwt", null, 200)]
    [InlineData("logout+jwt", "Bearer", 401)]
    public async Task Only_access_tokens_are_accepted(string header, string? claim, int status)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var service = await TestService.StartAsync(
            provider,
            "gateway",
            app => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli")),
            builder => builder.Configuration["Identity:AcceptJwtType"] = "true");

        Assert.Equal(
            status, (await service.GetAsync("/me", provider.Sign(TestToken.Person with { Type = header, TypeClaim = claim }))).Status);
    }
}
