using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using TraceDemo.Tests.EndToEnd;

namespace TraceDemo.Tests.ApiDescription;

/// <summary>What the running gateway says of the public API, against its routes, the documents and the example requests.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed partial class PublicDescriptionTests(RunningSystem system)
{
    [Fact]
    public async Task The_description_is_valid_OpenAPI_without_dangling_references()
    {
        var json = await ReadAsync();

        var read = OpenApiDocument.Parse(json, "json");

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        using var document = JsonDocument.Parse(json);
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.Equal("http", document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer")
            .GetProperty("type").GetString());
        Assert.All(Reference().Matches(json), match => Assert.True(schemas.TryGetProperty(match.Groups[1].Value, out _), match.Value));
    }

    [Fact]
    public async Task The_description_covers_each_gateway_route_and_no_other_proxied_path()
    {
        using var settings = JsonDocument.Parse(SourceFiles.Named("Gateway/appsettings.json").Text);
        var routes = settings.RootElement.GetProperty("ReverseProxy").GetProperty("Routes").EnumerateObject().SelectMany(route =>
        {
            var match = route.Value.GetProperty("Match");
            return match.GetProperty("Methods").EnumerateArray().Select(method => $"{method} {match.GetProperty("Path")}");
        });

        var described = (await OperationsAsync()).Where(operation => operation.Tagged).Select(operation => operation.Name);

        Assert.Equal(routes.Order(), described.Order());
    }

    [Fact]
    public async Task Each_operation_has_a_summary_a_response_the_token_failure_reasons_and_a_security_requirement()
    {
        foreach (var (name, operation, _) in await OperationsAsync())
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.Summary), name);
            Assert.True(operation.Responses!.Keys.Any(status => status.StartsWith('2')), name);
            Assert.Contains("token_expired", operation.Responses["401"].Description, StringComparison.Ordinal);
            Assert.Contains("caller_not_accepted", operation.Responses["403"].Description, StringComparison.Ordinal);
            Assert.NotEmpty(operation.Security!);
        }
    }

    [Fact]
    public async Task The_documentation_table_lists_the_operations_with_their_summaries()
    {
        var described = (await OperationsAsync()).Select(operation => $"| `{operation.Name}` | {operation.Operation.Summary} |");

        var documented = SourceFiles.Named("docs/api.md").Lines.Where(line => Row().IsMatch(line))
            .Select(line => string.Join('|', line.Split('|')[..3]) + "|");

        Assert.Equal(described.Order(), documented.Order());
    }

    private async Task<string> ReadAsync()
    {
        var answer = await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/openapi/v1.json"), null);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Text;
    }

    private async Task<List<(string Name, OpenApiOperation Operation, bool Tagged)>> OperationsAsync()
    {
        var document = OpenApiDocument.Parse(await ReadAsync(), "json").Document!;
        return
        [
            .. document.Paths.SelectMany(path => path.Value.Operations!.Select(operation =>
                ($"{operation.Key} {path.Key}", operation.Value,
                    operation.Value.Tags?.Any(tag => tag.Name!.EndsWith("-service", StringComparison.Ordinal)) == true))),
        ];
    }

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("^\\| `[A-Z]+ /")]
    private static partial Regex Row();
}
