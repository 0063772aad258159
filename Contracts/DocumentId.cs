using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TraceDemo.Contracts;

/// <summary>The name of a document: 1 to 64 of <c>A-Z a-z 0-9 -</c>, so that it is safe as a file name.</summary>
[JsonConverter(typeof(IdConverter<DocumentId>))]
public readonly record struct DocumentId : IParsable<DocumentId>
{
    private DocumentId(string value) => Value = value;

    /// <summary>The name as it appears in routes and JSON.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public static DocumentId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A document id is 1 to 64 ASCII letters, digits and '-'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DocumentId result)
    {
        if (s is { Length: >= 1 and <= 64 } && s.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            result = new DocumentId(s);
            return true;
        }

        result = default;
        return false;
    }

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
