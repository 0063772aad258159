using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TraceDemo.Contracts;

/// <summary>The name of an agent: 1 to 64 of <c>a-z 0-9 -</c>. Read from a route
/// or a body, so it does not prove who calls.</summary>
[JsonConverter(typeof(IdConverter<AgentId>))]
public readonly record struct AgentId : IParsable<AgentId>
{
    private AgentId(string value) => Value = value;

    /// <summary>The name as it appears in routes and JSON.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public static AgentId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("An agent id is 1 to 64 characters of a-z, 0-9 and '-'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AgentId result)
    {
        if (s is { Length: >= 1 and <= 64 } && s.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            result = new AgentId(s);
            return true;
        }

        result = default;
        return false;
    }

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
