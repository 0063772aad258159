using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Something that ended before its time, as a list holds it and as replicas tell each other.</summary>
/// <param name="Name">What a token or ticket bears, such as <c>sid:…</c>; null for everything of the owner's.</param>
/// <param name="Owner">The person whose it is, by <c>sub</c>; null where nobody knows.
/// Without a name and an owner it is everything of everybody.</param>
/// <param name="At">When. What has no name concerns what was issued until then.</param>
public sealed record Revocation(string? Name, string? Owner, DateTimeOffset At)
{
    private const int LongestWord = 128;
    private const int LongestContent = 1_024;

    /// <summary>The name of a provider's session.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    public static string SessionName(string sessionId) => $"sid:{Short(sessionId)}";

    /// <summary>What names a person as an owner.</summary>
    /// <param name="subject">The person's <c>sub</c>, where it is known.</param>
    public static string? OwnerOf(string? subject) => string.IsNullOrEmpty(subject) ? null : Short(subject);

    /// <summary>As it travels between replicas.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>What <see cref="ToBytes"/> wrote; null for anything else.</summary>
    /// <param name="content">What arrived.</param>
    public static Revocation? Read(byte[] content)
    {
        if (content.Length > LongestContent) { return null; }

        try
        {
            return JsonSerializer.Deserialize<Revocation>(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of bounded length, whatever a provider calls its sessions and people.</summary>
    private static string Short(string word) =>
        word.Length <= LongestWord ? word : $"#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(word)))}";
}
