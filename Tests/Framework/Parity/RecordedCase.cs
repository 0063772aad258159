using System.Text.Json.Nodes;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>One line of the recording: what Keycloak 26.7.5 answered.</summary>
internal sealed record RecordedCase(int Line, string Name, JsonObject Expected)
{
    public static IReadOnlyList<RecordedCase> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "Tests", "Framework", "Parity", "keycloak-26.7.5.jsonl"))
            .Select((text, line) => (line, json: JsonNode.Parse(text)!.AsObject()))
            .Select(item => new RecordedCase(item.line, (string)item.json["case"]!, item.json)),
    ];

    /// <summary>The request, where the line holds one; the others belong to a conversation in a browser.</summary>
    public JsonObject? Request => Expected["request"]?.AsObject();

    /// <summary>Members of a line that are not compared, each with its reason.</summary>
    public static IReadOnlyDictionary<(string Case, string Member), string> NotCompared { get; } = new Dictionary<(string, string), string>
    {
        [("auth ok", "error")] = "the recorder took the label of the password field for a message",
        [("login page", "cookies")] =
            "DevIdentity sets the one cookie it needs, and Secure on https alone, so that .NET's cookie container works",
        [("login page", "csp")] = "DevIdentity's pages have a content security policy",
        [("login ok", "cookies")] = "as for the login page",
        [("device signed in", "inputs")] = "markup; the conversation presses the button that it finds by id",
    };
}
