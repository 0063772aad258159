using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>How this service uses Redis. Section <c>Redis</c>, beside the connection string <c>redis</c>.</summary>
public sealed class RedisOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Redis";

    internal const int KeyBytes = 32;

    /// <summary>The service's own key: 32 bytes as base64url or base64. Never in
    /// Redis, the same in all replicas, another for each service.</summary>
    public string Key { get; set; } = "";

    /// <summary>The first part of every key and channel: another for another system in the same Redis.</summary>
    public string Prefix { get; set; } = "tracedemo";

    /// <summary>How long a call waits for Redis, which then counts as away until it answers again.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>With what every key and channel of this service begins.</summary>
    internal string OwnPrefix => $"{Prefix}:{Service}:";

    /// <summary>The connection string, in the format of StackExchange.Redis.</summary>
    internal string Address { get; set; } = "";

    /// <summary>Whose share it is: the second part of every key and channel.</summary>
    internal string Service { get; set; } = "";

    /// <summary>Everything that is wrong, in words that name the setting.</summary>
    /// <param name="validationContext">Not needed.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Decode(Key) is null)
        {
            yield return new("Redis__Key must be 32 random bytes as base64url, the service's own; `openssl rand -base64 32` makes one.");
        }
        if (Patience <= TimeSpan.Zero || Patience > TimeSpan.FromSeconds(30))
        {
            yield return new("Redis__Patience must be more than nothing and 30 seconds at most.");
        }
        if (!IsName(Prefix)) { yield return new("Redis__Prefix must be a word in lower case with hyphens."); }
        if (!IsName(Service))
        {
            yield return new("Identity__ClientId must be the service's name, in lower case with hyphens: its keys in Redis begin with it.");
        }

        // The text may hold a password: it is not repeated.
        if (!RedisClient.Understands(Address))
        {
            yield return new(
                "ConnectionStrings__redis must be 'host:port', with options such as user=, password= and ssl=true behind commas.");
        }
    }

    /// <summary>The bytes of <see cref="Key"/>, or null when it is not 32 of them.</summary>
    internal static byte[]? Decode(string key)
    {
        var text = key.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(text, out var length) && length == KeyBytes ? Base64Url.DecodeFromChars(text) : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
