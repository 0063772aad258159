using System.Security.Cryptography;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// A hash for ids that senders choose. The framework folds 64 bits to 32 without a key: a sender that picks colliding ids
/// makes every look-up linear.
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
