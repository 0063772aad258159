using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Identifies a person in telemetry without revealing who it is: the same in all services that share a key.</summary>
public sealed class Pseudonym(IOptions<TelemetryOptions> options)
{
    private const int HashBytes = 8;
    private readonly byte[] _key = Encoding.UTF8.GetBytes(
        options.Value.PseudonymKey ?? throw new InvalidOperationException("Telemetry__PseudonymKey is missing."));
    private readonly bool _showUserName = options.Value.Identity == IdentityDisplay.UserName;

    /// <summary>
    /// The first 16 lower-case hex digits of HMAC-SHA256 over issuer, line feed, subject; or the user name if configured
    /// and present in the token.
    /// </summary>
    /// <param name="issuer">Claim <c>iss</c> of the validated token.</param>
    /// <param name="subject">Claim <c>sub</c> of the validated token.</param>
    /// <param name="userName">Claim <c>preferred_username</c>, or null.</param>
    public string Of(string issuer, string subject, string? userName) =>
        _showUserName && !string.IsNullOrEmpty(userName)
            ? userName
            : Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, HashBytes));
}
