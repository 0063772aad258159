using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.DevIdentity.Clients;

internal static class SecretComparison
{
    /// <summary>Hashed first, so that the duration does not reveal the length either.</summary>
    public static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
