using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// Encrypts data for Redis: AES-256-GCM (NIST SP 800-38D), under a separate key for each Redis key and channel, derived by
/// HKDF (RFC 5869) from the service's key. The name determines the key and is associated data, so that moved data cannot be
/// decrypted; the expiry is inside, so that restored data is recognized as expired.
/// </summary>
internal sealed class RedisEncryption : IDisposable
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ExpiryBytes = sizeof(long);
    private const int Front = 1 + NonceBytes;

    private readonly byte[] _root;

    public RedisEncryption(ReadOnlySpan<byte> key)
    {
        _root = new byte[SHA256.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, key, "tracedemo redis"u8, _root);
    }

    /// <summary>The size overhead of encryption.</summary>
    public static int Overhead => Front + ExpiryBytes + TagBytes;

    public byte[] Encrypt(string name, ReadOnlySpan<byte> content, DateTimeOffset expires)
    {
        var plain = new byte[ExpiryBytes + content.Length];
        BinaryPrimitives.WriteInt64BigEndian(plain, expires.ToUnixTimeMilliseconds());
        content.CopyTo(plain.AsSpan(ExpiryBytes));

        var encrypted = new byte[Front + plain.Length + TagBytes];
        encrypted[0] = Version;
        var nonce = encrypted.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher(name);
        cipher.Encrypt(nonce, plain, encrypted.AsSpan(Front, plain.Length), encrypted.AsSpan(Front + plain.Length),
            Encoding.UTF8.GetBytes(name));
        return encrypted;
    }

    /// <summary>False if the data was not encrypted with this key under this name, or was changed since.</summary>
    public bool TryDecrypt(string name, ReadOnlySpan<byte> encrypted, [NotNullWhen(true)] out byte[]? content, out DateTimeOffset expires)
    {
        content = null;
        expires = default;
        if (encrypted.Length < Overhead || encrypted[0] != Version)
        {
            return false;
        }

        var plain = new byte[encrypted.Length - Front - TagBytes];
        using var cipher = Cipher(name);
        try
        {
            cipher.Decrypt(encrypted.Slice(1, NonceBytes), encrypted.Slice(Front, plain.Length), encrypted[^TagBytes..], plain,
                Encoding.UTF8.GetBytes(name));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        content = plain[ExpiryBytes..];
        expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain));
        return true;
    }

    /// <summary>A keyed hash of an id (RFC 2104), so that the id itself is not in Redis.</summary>
    public string HashId(string area, string id)
    {
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, _root, key, Encoding.UTF8.GetBytes($"name {area}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id)));
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_root);

    /// <summary>A separate key for each name keeps random nonces far below the 2³² uses of one
    /// key after which they may repeat (SP 800-38D §8.3).</summary>
    private AesGcm Cipher(string name)
    {
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, _root, key, Encoding.UTF8.GetBytes($"seal {name}"));
        return new AesGcm(key, TagBytes);
    }
}
