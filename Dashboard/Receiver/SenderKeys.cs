using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

internal sealed class SenderKeys(IOptions<OtlpOptions> options)
{
    public const string Header = "x-otlp-api-key";

    private readonly (string Service, byte[] Hash)[] _keys = [
        .. options.Value.Keys.Select(key => (Vocabulary.Of(key.Key), Hash(key.Value)))];

    public bool TryIdentify(string? presented, out Sender sender)
    {
        sender = default;
        if (_keys.Length == 0) { return true; }
        if (string.IsNullOrEmpty(presented) || presented.Length > 512) { return false; }

        // Every key is compared, and by hash, so that time tells neither which one nor how much of it was right.
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
