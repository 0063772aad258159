using System.Buffers;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>The header <c>tracestate</c> of W3C Trace Context, level 2: a list of
/// <c>key=value</c>, newest first, which is forwarded unchanged.</summary>
internal static class TraceState
{
    internal const string Header = "tracestate";
    internal const int MaxMembers = 32;
    internal const int MaxKeyLength = 256;
    internal const int MaxValueLength = 256;
    private const int MaxLength = MaxMembers * (MaxKeyLength + MaxValueLength + 2);

    private static readonly SearchValues<char> KeyStart = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-*/@");

    /// <summary>
    /// The list without empty members, white space around members, and repeated keys (the newest is kept); null if there is none, or if
    /// one member is invalid: the standard requires discarding the list, not repairing it (§3.3.1).
    /// </summary>
    internal static string? Parse(string? header)
    {
        if (string.IsNullOrEmpty(header) || header.Length > MaxLength)
        {
            return null;
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var range in header.AsSpan().Split(','))
        {
            var member = header.AsSpan(range).Trim(" \t");
            if (member.IsEmpty)
            {
                continue;
            }

            if (!IsMember(member, out var key) || order.Count == MaxMembers)
            {
                return null;
            }

            if (members.TryAdd(key, member.ToString()))
            {
                order.Add(key);
            }
        }
        return order.Count == 0 ? null : string.Join(',', order.Select(key => members[key]));
    }

    private static bool IsMember(ReadOnlySpan<char> member, out string key)
    {
        key = "";
        var separator = member.IndexOf('=');
        if (separator is < 1 or > MaxKeyLength)
        {
            return false;
        }

        var name = member[..separator];
        var value = member[(separator + 1)..];
        if (!KeyStart.Contains(name[0]) || name.ContainsAnyExcept(KeyCharacters))
        {
            return false;
        }

        key = name.ToString();
        return value.Length is > 0 and <= MaxValueLength && !value.Contains('=') && !value.ContainsAnyExceptInRange(' ', '~');
    }
}
