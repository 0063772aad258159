using System.Collections.Immutable;
using System.Text;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>
/// Parses one file. Any doubt makes the document unclassified, never readable: missing metadata, no or unknown departments,
/// an unknown match or sensitivity, <c>public</c> together with a department.
/// </summary>
/// <param name="departments">The known departments.</param>
internal sealed class DocumentFile(IReadOnlySet<string> departments)
{
    public const int MaxBytes = 64 * 1024;
    private const int MaxTextLength = 200;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">The file's name without extension: the id of a file without one, so that it can be denied by name.</param>
    /// <param name="file">The whole file.</param>
    /// <returns>Null if neither the file nor its name contains a valid id: nothing can request it.</returns>
    public Document? Read(string name, ReadOnlySpan<byte> file)
    {
        var faults = ImmutableArray.CreateBuilder<MetadataFault>();
        var frontMatter = file.Length <= MaxBytes ? ReadFrontMatter(file) : null;
        if (frontMatter is null)
        {
            faults.Add(
                new("frontMatter",
                    $"UTF-8, at most {MaxBytes} bytes, beginning with a block of id, title, departments, match, sensitivity and owner"));
        }

        if (!DocumentId.TryParse(frontMatter?.Text("id"), null, out var id))
        {
            faults.Add(new("id", "1 to 64 ASCII letters, digits and '-'"));
            if (!DocumentId.TryParse(name, null, out id))
            {
                return null;
            }
        }

        var title = ReadText(frontMatter, "title", faults);
        var owner = ReadText(frontMatter, "owner", faults);
        var classification = ReadClassification(frontMatter, faults);
        return new Document
        {
            Id = id,
            Title = title ?? id.Value,
            Owner = owner,
            Classification = faults.Count == 0 ? classification : null,
            Content = frontMatter?.Body ?? string.Empty,
            ETag = Document.ETagOf(file),
            Faults = faults.ToImmutable(),
        };
    }

    private static FrontMatter? ReadFrontMatter(ReadOnlySpan<byte> file)
    {
        try
        {
            return FrontMatter.Read(Utf8.GetString(file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? ReadText(FrontMatter? frontMatter, string member, ImmutableArray<MetadataFault>.Builder faults)
    {
        var text = frontMatter?.Text(member)?.Trim();
        if (text is { Length: > 0 and <= MaxTextLength } && !text.Any(char.IsControl))
        {
            return text;
        }

        faults.Add(new(member, $"1 to {MaxTextLength} characters on one line"));
        return null;
    }

    private Classification? ReadClassification(FrontMatter? frontMatter, ImmutableArray<MetadataFault>.Builder faults)
    {
        var needed = ReadDepartments(frontMatter);
        var hasMatch = ExactWord.TryParse<DepartmentMatch>(frontMatter?.Text("match"), out var match);
        var hasSensitivity = ExactWord.TryParse<Sensitivity>(frontMatter?.Text("sensitivity"), out var sensitivity);
        if (needed.IsEmpty)
        {
            faults.Add(new("departments", $"a list of {string.Join(", ", departments.Order(StringComparer.Ordinal))}, or public alone"));
        }

        if (!hasMatch)
        {
            faults.Add(new("match", "any or all"));
        }

        if (!hasSensitivity)
        {
            faults.Add(new("sensitivity", "public, low, medium, high or critical"));
        }
        else if (!needed.IsEmpty && (sensitivity == Sensitivity.Public) != (needed[0] == Classification.Public))
        {
            faults.Add(new("sensitivity", "public exactly when departments is public"));
        }

        return hasMatch && hasSensitivity ? new Classification(needed, match, sensitivity) : null;
    }

    /// <summary>Empty if there are none, one is unknown, or public is combined with a department.</summary>
    private ImmutableArray<string> ReadDepartments(FrontMatter? frontMatter)
    {
        var named = frontMatter?.List("departments")?.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray()
            ?? [];
        return named is [Classification.Public] || named.All(departments.Contains) ? named : [];
    }
}
