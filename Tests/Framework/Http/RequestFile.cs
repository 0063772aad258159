using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>A file of requests as editors send them: <c>@name = value</c>, <c>### title
/// (status)</c>, <c># @name</c>, and <c>{{…}}</c> for either.</summary>
internal sealed partial class RequestFile
{
    private readonly Dictionary<string, string> _values;
    private readonly Dictionary<string, string> _answers = [];

    private RequestFile(Dictionary<string, string> values, IReadOnlyList<Request> requests)
    {
        _values = values;
        Requests = requests;
    }

    public IReadOnlyList<Request> Requests { get; }

    /// <param name="lines">The file.</param>
    /// <param name="values">Values that go before those of the file.</param>
    public static RequestFile Read(IReadOnlyList<string> lines, Dictionary<string, string> values)
    {
        List<Request> requests = [];
        foreach (var block in Blocks(lines))
        {
            if (Title().Match(block[0]) is { Success: true } title)
            {
                requests.Add(Request.Read(block, int.Parse(title.Groups[1].Value, CultureInfo.InvariantCulture)));
            }

            foreach (var variable in block.Select(line => Variable().Match(line)).Where(match => match.Success))
            {
                values.TryAdd(variable.Groups[1].Value, variable.Groups[2].Value);
            }
        }

        return new RequestFile(values, requests);
    }

    public void Remember(Request request, string answer) => _answers[request.Name ?? ""] = answer;

    /// <summary>The text with its placeholders filled; one that nothing fills is a fault of the file.</summary>
    public string Fill(string text) => Placeholder().Replace(text, match => ValueOf(match.Groups[1].Value));

    private string ValueOf(string placeholder)
    {
        if (_values.TryGetValue(placeholder, out var value))
        {
            return Fill(value);
        }

        var path = placeholder.Split(".response.body.$.");
        using var answer = JsonDocument.Parse(_answers[path[0]]);
        var found = answer.RootElement;
        foreach (Match step in Step().Matches(path[1]))
        {
            found = int.TryParse(step.Value.Trim('[', ']'), CultureInfo.InvariantCulture, out var index)
                ? found[index]
                : found.GetProperty(step.Value);
        }

        return found.GetString()!;
    }

    private static IEnumerable<List<string>> Blocks(IReadOnlyList<string> lines)
    {
        List<string> block = [""];
        foreach (var line in lines)
        {
            if (line.StartsWith("###", StringComparison.Ordinal))
            {
                yield return block;
                block = [];
            }

            block.Add(line);
        }

        yield return block;
    }

    [GeneratedRegex(@"^### .*\((\d{3})\b.*\)$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^@(\w+) = (.+)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\w+|\[\d+\]")]
    private static partial Regex Step();

    /// <summary>One request, with the status that its title announces.</summary>
    internal sealed record Request(
        string? Name, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string Body, int Status)
    {
        public static Request Read(List<string> block, int status)
        {
            var name = block.Select(line => line.StartsWith("# @name ", StringComparison.Ordinal) ? line["# @name ".Length..] : null)
                .FirstOrDefault(found => found is not null);
            var lines = block.Skip(1).Where(line => !line.StartsWith('#')).SkipWhile(string.IsNullOrWhiteSpace).ToList();
            var start = lines[0].Split(' ', 2);
            var headers = lines.Skip(1).TakeWhile(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Split(": ", 2))
                .Select(parts => (parts[0], parts[1])).ToList();
            var body = string.Join('\n', block.SkipWhile(line => line != lines[0]).SkipWhile(line => !string.IsNullOrWhiteSpace(line)))
                .Trim();
            return new Request(name, start[0], start[1], headers, body, status);
        }
    }
}
