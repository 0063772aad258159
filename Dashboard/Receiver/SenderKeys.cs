using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

internal sealed class SenderKeys(IOptions<OtlpOptions> options)
{
    private readonly (string Service, byte[] Hash)[] _keys = [
        .. options.Value.Keys.Select(key => (Vocabulary.Of(key.Key), Hash(key.Value)))];

    public bool TryIdentify(string? presented, out Sender sender)
    {
        sender = default;
        if (_keys.Length == 0)
        {
            return true;
        }
        if (string.IsNullOrEmpty(presented) || presented.Length > 512)
        {
            return false;
        }

        // Compares all keys, by hash, so that the duration does not reveal which one matched, or how much of it.
        var hash = Hash(presented);
        var found = false;
        foreach (var (service, expected) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, expected))
            {
                sender = new Sender(service);
                found = true;
            }
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
