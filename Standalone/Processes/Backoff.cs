namespace TraceDemo.Standalone.Processes;

/// <summary>The delay before restarting a crashed child: half a second, doubled with each crash in a row up to half a minute.</summary>
internal static class Backoff
{
    /// <summary>After running this long, a crash is no longer "in a row".</summary>
    public static readonly TimeSpan ResetAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    public static TimeSpan Delay(int crashesInARow) =>
        crashesInARow > 6 ? MaxDelay : First * (1 << (crashesInARow - 1));
}
