using System.Security.Cryptography;

namespace TraceDemo.DevIdentity.Keys;

/// <summary>The realm's HMAC key (HS512) for data that only this server reads.</summary>
internal sealed class SealingKey
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(64);

    public string Id { get; } = Guid.NewGuid().ToString();

    public byte[] Sign(byte[] input) => HMACSHA512.HashData(_key, input);

    public bool Verify(byte[] input, byte[] signature) => CryptographicOperations.FixedTimeEquals(Sign(input), signature);
}
