using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.ApiDescription;

namespace TraceDemo.Tests.Http;

/// <summary>A problem sends nobody to an address that does not exist.</summary>
public sealed partial class MalformedRequestTests
{
    [Theory]
    [InlineData("/bare")]
    [InlineData("/thrown")]
    public async Task A_malformed_request_refers_to_the_API_description_only_if_there_is_one(string path)
    {
        Assert.Equal("The request is malformed.", await DetailAsync(path, isDescribed: false));
        Assert.Equal("The request is malformed; GET /openapi/v1.json describes the endpoint.",
            await DetailAsync(path, isDescribed: true));
    }

    [Fact]
    public void Each_address_in_a_problem_is_a_gateway_route()
    {
        var named = SourceFiles.CSharp.Where(file =>
            file.Project is "AgentService" or "Contracts" or "DocumentService" or "Gateway" or "ServiceDefaults" or "UserService")
            .SelectMany(file => Hint().Matches(file.Text)).Select(match => match.Groups["address"].Value).Distinct().ToList();

        Assert.Contains("/api/agents", named);
        Assert.Empty(named.Except(GatewayHost.Routes().Select(route => route.Data.Item2)));
    }

    [GeneratedRegex("GET (?<address>/[a-z/.0-9-]+) (lists|shows|describes|tells)")]
    private static partial Regex Hint();

    private static async Task<string?> DetailAsync(string path, bool isDescribed)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var service = await TestService.StartAsync(provider, "gateway", app =>
        {
            app.MapGet("/bare", () => Results.StatusCode(StatusCodes.Status400BadRequest)).AllowAnonymous();
            app.MapGet("/thrown", string () => throw new BadHttpRequestException("no request")).AllowAnonymous();
            if (isDescribed)
            {
                app.MapApiDescription();
            }
        }, builder => builder.AddAccessDescription());

        return (await service.GetAsync(path, token: null)).IsRefused(400, "request_invalid").Detail;
    }
}
