using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TraceDemo.DocumentService.Documents;

/// <summary>
/// The block between two <c>---</c> lines at the top of a document. Only a subset of YAML is accepted: one flat mapping of
/// text, or lists of text. Aliases, anchors, tags, nesting and duplicate members are rejected, because two parsers could
/// interpret them differently.
/// </summary>
internal sealed class FrontMatter
{
    private const string Fence = "---";
    private const int MaxLength = 4096;
    private const int MaxItems = 64;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

    private FrontMatter(string body) => Body = body;

    /// <summary>The text after the block.</summary>
    public string Body { get; }

    public string? Text(string member) => _texts.GetValueOrDefault(member);

    public IReadOnlyList<string>? List(string member) => _lists.GetValueOrDefault(member);

    /// <summary>Null if there is no block, or it is not in the accepted subset of YAML.</summary>
    public static FrontMatter? Read(string file)
    {
        var text = file.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!text.StartsWith(Fence + "\n", StringComparison.Ordinal))
        {
            return null;
        }
        // Searched from the fence's own line end, so that an empty block is found too.
        var end = text.IndexOf($"\n{Fence}\n", Fence.Length, StringComparison.Ordinal);
        if (end < 0 || end > MaxLength)
        {
            return null;
        }

        var frontMatter = new FrontMatter(text[(end + Fence.Length + 2)..].TrimStart('\n'));
        var yaml = text[Math.Min(Fence.Length + 1, end)..end];
        try
        {
            return frontMatter.ReadMapping(new Parser(new StringReader(yaml))) ? frontMatter : null;
        }
        // YamlDotNet 16.3 throws other exceptions than its own for some
        // malformed input; one file's text must not block the other files.
        catch (Exception malformed) when (malformed is not OutOfMemoryException)
        {
            return null;
        }
    }

    private bool ReadMapping(Parser yaml)
    {
        if (!yaml.TryConsume<StreamStart>(out _) || !yaml.TryConsume<DocumentStart>(out _)
            || !yaml.TryConsume<MappingStart>(out var mapping) || !IsPlain(mapping))
        {
            return false;
        }

        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            if (!TryText(yaml, out var member) || !ReadValue(yaml, member))
            {
                return false;
            }
        }

        return yaml.TryConsume<DocumentEnd>(out _) && yaml.TryConsume<StreamEnd>(out _);
    }

    private bool ReadValue(Parser yaml, string member)
    {
        if (_texts.ContainsKey(member) || _lists.ContainsKey(member) || _texts.Count + _lists.Count >= MaxItems)
        {
            return false;
        }

        if (TryText(yaml, out var text))
        {
            return _texts.TryAdd(member, text);
        }

        if (!yaml.TryConsume<SequenceStart>(out var sequence) || !IsPlain(sequence))
        {
            return false;
        }

        var items = new List<string>();
        while (!yaml.TryConsume<SequenceEnd>(out _))
        {
            if (items.Count >= MaxItems || !TryText(yaml, out var item))
            {
                return false;
            }

            items.Add(item);
        }

        return _lists.TryAdd(member, items);
    }

    private static bool TryText(Parser yaml, out string text)
    {
        text = string.Empty;
        if (!yaml.Accept<Scalar>(out var scalar) || !IsPlain(scalar))
        {
            return false;
        }

        yaml.MoveNext();
        text = scalar.Value;
        return true;
    }

    private static bool IsPlain(NodeEvent node) => node.Anchor.IsEmpty && node.Tag.IsEmpty;
}
