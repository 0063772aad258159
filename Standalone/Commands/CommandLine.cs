using System.Globalization;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Commands;

/// <summary>Parses the arguments after <c>--</c>: options, or a sentence that describes the error.</summary>
internal abstract record CommandLine
{
    public sealed record Accepted(RunOptions Options) : CommandLine;

    public sealed record Rejected(string Reason) : CommandLine;

    private static readonly RunOptions Default = new();

    public static CommandLine Parse(IReadOnlyList<string> words)
    {
        var remaining = new Queue<string>(words);
        var result = ParseVerb(remaining);
        while (result is Accepted(var options) && remaining.TryDequeue(out var word))
        {
            result = ParseOption(options, word, remaining);
        }

        return Check(result);
    }

    private static CommandLine ParseVerb(Queue<string> remaining)
    {
        if (!remaining.TryPeek(out var word) || VerbOf(word) is not { } verb)
        {
            return new Accepted(Default);
        }

        remaining.Dequeue();
        if (verb != Verb.AddAgent)
        {
            return new Accepted(Default with { Verb = verb });
        }

        return remaining.TryDequeue(out var action) && action == "add" && remaining.TryDequeue(out var id) && !id.StartsWith('-')
            ? new Accepted(Default with { Verb = verb, Agent = id })
            : new Rejected("\"agent\" must be followed by \"add\" and the name of a file in agents/, without .json.");
    }

    private static Verb? VerbOf(string word) => word switch
    {
        "up" => Verb.Up,
        "demo" => Verb.Demo,
        "test" => Verb.Test,
        "realm" => Verb.Realm,
        "agent" => Verb.AddAgent,
        _ => null,
    };

    private static CommandLine ParseOption(RunOptions options, string word, Queue<string> remaining) => word switch
    {
        _ when VerbOf(word) is not null => new Rejected($"\"{word}\" must come first."),
        "--with-cli" => new Accepted(options with { WithCommandLine = true }),
        "--help" or "-h" or "-?" => new Accepted(options with { Verb = Verb.Help }),
        "--port-base" or "--keycloak" or "--redis" or "--server" or "--realm" =>
            Valued(options, word, remaining.TryDequeue(out var value) ? value : null),
        _ => new Rejected($"Unknown option \"{word}\"."),
    };

    private static CommandLine Check(CommandLine result) => result switch
    {
        Accepted({ Verb: Verb.Test } test) when test != new RunOptions { Verb = Verb.Test } =>
            new Rejected("\"test\" takes no options: the tests choose free ports themselves."),
        Accepted({ Verb: Verb.Realm } realm) when realm with { WithCommandLine = false } != new RunOptions { Verb = Verb.Realm } =>
            new Rejected("\"realm\" takes --with-cli only: it writes a file and starts nothing."),
        Accepted({ Verb: Verb.AddAgent } add)
            when add with { Agent = null, Server = Default.Server, Realm = Default.Realm } != Default with { Verb = Verb.AddAgent } =>
            new Rejected("\"agent add\" takes --server and --realm only."),
        Accepted({ Verb: not Verb.AddAgent } other) when other.Server != Default.Server || other.Realm != Default.Realm =>
            new Rejected("--server and --realm belong to \"agent add\"."),
        Accepted({ Verb: Verb.Up or Verb.Demo, WithCommandLine: true }) => new Rejected("--with-cli belongs to \"realm\"."),
        _ => result,
    };

    private static CommandLine Valued(RunOptions options, string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.StartsWith("--", StringComparison.Ordinal))
        {
            return new Rejected($"{name} needs a value.");
        }

        return name switch
        {
            "--port-base" => PortBase(options, value),
            "--realm" => new Accepted(options with { Realm = value }),
            "--server" => Server(options, value),
            "--keycloak" => KeycloakHome.IsDistribution(value)
                ? new Accepted(options with { Keycloak = Path.GetFullPath(value) })
                : new Rejected($"{value} is no Keycloak distribution: it lacks bin/kc.sh and lib/quarkus."),
            _ => IsAddress(value)
                ? new Accepted(options with { Redis = value })
                : new Rejected($"--redis needs host:port, such as localhost:6379, not \"{value}\"."),
        };
    }

    private static CommandLine Server(RunOptions options, string value) =>
        Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out var server) && server.UserInfo.Length == 0 && server.Query.Length == 0
        && (server.Scheme == Uri.UriSchemeHttps || (server.Scheme == Uri.UriSchemeHttp && server.IsLoopback))
            ? new Accepted(options with { Server = server })
            : new Rejected($"--server needs Keycloak's address, https or on this machine, not \"{value}\".");

    private static CommandLine PortBase(RunOptions options, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && first is >= Ports.LowestBase and <= Ports.HighestBase
            ? new Accepted(options with { PortBase = first })
            : new Rejected($"--port-base needs a number from {Ports.LowestBase} to {Ports.HighestBase}, not \"{value}\".");

    /// <summary>Host and port only: text after a comma would be a Redis
    /// option, possibly a password, and visible in process lists.</summary>
    private static bool IsAddress(string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0
            && Uri.CheckHostName(value[..colon].Trim('[', ']')) is not UriHostNameType.Unknown
            && ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
    }
}
