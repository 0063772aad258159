using System.Text;
using TraceDemo.Tests.EndToEnd;

namespace TraceDemo.Tests.ApiDescription;

/// <summary>The example requests, sent in their order to the running system, each with the answer that it announces.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class RequestFileTests(RunningSystem system)
{
    [Fact]
    public async Task Every_request_gets_the_response_stated_in_the_file()
    {
        var file = RequestFile.Read(SourceFiles.Named("docs/requests.http").Lines, new()
        {
            ["authority"] = system.Host.Authority.ToString(),
            ["gateway"] = system.Gateway.ToString().TrimEnd('/'),
        });
        List<string> wrong = [];
        foreach (var request in file.Requests)
        {
            var (status, text) = await SendAsync(file, request);
            file.Remember(request, text);
            if (status != request.Status)
            {
                wrong.Add($"{request.Method} {request.Target}: {status} and not {request.Status}: {text}");
            }
        }

        Findings.None(wrong);
    }

    [Fact]
    public async Task Every_operation_of_the_public_API_has_a_request()
    {
        var requests = RequestFile.Read(SourceFiles.Named("docs/requests.http").Lines, []).Requests
            .Where(request => request.Status is >= 200 and < 300)
            .Select(request => $"{request.Method} {request.Target.Replace("{{gateway}}", "", StringComparison.Ordinal).Split('?')[0]}")
            .ToHashSet();
        using var description = System.Text.Json.JsonDocument.Parse(
            (await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/openapi/v1.json"), null)).Text);

        var missing = description.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => !requests.Any(request => Matches(request, operation.Name.ToUpperInvariant(), path.Name)))
            .Select(operation => $"{operation.Name} {path.Name}"));

        Findings.None(missing);
    }

    private static bool Matches(string request, string method, string template)
    {
        var (asked, described) = (request.Split('/'), $"{method} {template}".Split('/'));
        return asked.Length == described.Length
            && asked.Zip(described).All(pair => pair.First == pair.Second || pair.Second.StartsWith('{'));
    }

    private async Task<(int Status, string Text)> SendAsync(RequestFile file, RequestFile.Request request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), file.Fill(request.Target));
        var headers = request.Headers.Select(header => (header.Name, Value: file.Fill(header.Value))).ToList();
        if (request.Body.Length > 0)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file.Fill(request.Body)));
        }

        foreach (var (name, value) in headers)
        {
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await system.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
