using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>This service's use of Redis. Section <c>Redis</c>, in addition to the connection string <c>redis</c>.</summary>
public sealed class RedisOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Redis";

    internal const int KeyBytes = 32;

    /// <summary>The service's own key: 32 bytes as base64url or base64. Never in
    /// Redis, the same in all replicas, different for each service.</summary>
    public string Key { get; set; } = "";

    /// <summary>The first part of every key and channel: different for each system in the same Redis.</summary>
    public string Prefix { get; set; } = "tracedemo";

    /// <summary>The timeout of a call; after a timeout Redis counts as unavailable until it responds again.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The start of every key and channel of this service.</summary>
    internal string OwnPrefix => $"{Prefix}:{Service}:";

    /// <summary>The connection string, in the format of StackExchange.Redis.</summary>
    internal string Address { get; set; } = "";

    /// <summary>The service's name: the second part of every key and channel.</summary>
    internal string Service { get; set; } = "";

    /// <summary>All validation errors, each naming its setting.</summary>
    /// <param name="validationContext">Unused.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Decode(Key) is null)
        {
            yield return new("Redis__Key must be 32 random bytes as base64url, the service's own; `openssl rand -base64 32` makes one.");
        }
        if (CommandTimeout <= TimeSpan.Zero || CommandTimeout > TimeSpan.FromSeconds(30))
        {
            yield return new("Redis__CommandTimeout must be more than zero and at most 30 seconds.");
        }
        if (!IsName(Prefix))
        {
            yield return new("Redis__Prefix must be a word in lower case with hyphens.");
        }
        if (!IsName(Service))
        {
            yield return new("Identity__ClientId must be the service's name, in lower case with hyphens: its keys in Redis begin with it.");
        }

        // The text may contain a password, so the message does not repeat it.
        if (!RedisClient.Understands(Address))
        {
            yield return new(
                "ConnectionStrings__redis must be 'host:port', with options such as user=, password= and ssl=true behind commas.");
        }
    }

    /// <summary>The bytes of <see cref="Key"/>, or null if it is not 32 bytes.</summary>
    internal static byte[]? Decode(string key)
    {
        var text = key.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(text, out var length) && length == KeyBytes ? Base64Url.DecodeFromChars(text) : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
