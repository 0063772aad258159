using System.Security.Cryptography;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>PBKDF2 (RFC 8018 §5.2) of a password; the plain text is not stored.</summary>
internal sealed class PasswordHash
{
    private const int Iterations = 100_000;
    private const int Length = 32;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] _hash;

    private PasswordHash(string password) => _hash = Derive(password);

    /// <summary>Compared against for unknown users, so that the response takes equally long.</summary>
    public static PasswordHash OfNobody { get; } = Of(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    public static PasswordHash Of(string password) => new(password);

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(_hash, Derive(password));

    private byte[] Derive(string password) => Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, Length);
}
