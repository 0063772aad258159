using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Names a person in telemetry without telling who it is: the same person has the same name in all services of one key.</summary>
public sealed class Pseudonym(IOptions<TelemetryOptions> options)
{
    private const int HashBytes = 8;
    private readonly byte[] _key = Encoding.UTF8.GetBytes(
        options.Value.PseudonymKey ?? throw new InvalidOperationException("Telemetry__PseudonymKey is missing."));
    private readonly bool _showUserName = options.Value.Identity == IdentityDisplay.UserName;

    /// <summary>
    /// The first 16 lower-case hex digits of HMAC-SHA256 over issuer, line feed, subject; or the user name where the configuration says so
    /// and the token has one.
    /// </summary>
    /// <param name="issuer">Claim <c>iss</c> of the validated token.</param>
    /// <param name="subject">Claim <c>sub</c> of the validated token.</param>
    /// <param name="userName">Claim <c>preferred_username</c>, or null.</param>
    public string Of(string issuer, string subject, string? userName) =>
        _showUserName && !string.IsNullOrEmpty(userName)
            ? userName
            : Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, HashBytes));
}
