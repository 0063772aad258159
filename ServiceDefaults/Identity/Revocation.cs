using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A revoked session or token, as stored in the list and exchanged between replicas.</summary>
/// <param name="Name">A name that a token or ticket carries, such as <c>sid:…</c>; null for everything of the owner.</param>
/// <param name="Owner">The person, by <c>sub</c>; null if unknown.
/// Without a name and an owner it applies to everyone.</param>
/// <param name="At">The time. Without a name, everything issued until then is revoked.</param>
public sealed record Revocation(string? Name, string? Owner, DateTimeOffset At)
{
    private const int MaxWordLength = 128;
    private const int MaxContentBytes = 1_024;

    /// <summary>The name of a session of the provider.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    public static string SessionName(string sessionId) => $"sid:{Short(sessionId)}";

    /// <summary>The owner for a person.</summary>
    /// <param name="subject">The person's <c>sub</c>, if known.</param>
    public static string? OwnerOf(string? subject) => string.IsNullOrEmpty(subject) ? null : Short(subject);

    /// <summary>The format between replicas.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads the output of <see cref="ToBytes"/>; null for anything else.</summary>
    /// <param name="content">The received bytes.</param>
    public static Revocation? Read(byte[] content)
    {
        if (content.Length > MaxContentBytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Revocation>(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Bounds the length, whatever ids a provider uses.</summary>
    private static string Short(string word) =>
        word.Length <= MaxWordLength ? word : $"#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(word)))}";
}
