using System.Security.Cryptography;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The hash of ids that senders choose. That of the framework folds 64 bits to 32 without a key: whoever picks ids that fold to the same
/// makes every look-up walk through all of them.
/// </summary>
internal static class KeyedHash
{
    private static readonly ulong First = Key();
    private static readonly ulong Second = Key();

    public static int Of(ulong high, ulong low) => (int)(Mix(Mix(high ^ First) ^ low ^ Second) >> 32);

    private static ulong Key() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Second, out var low);
        return high ^ low;
    }
}
