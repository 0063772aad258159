namespace TraceDemo.Tests.Framework.Parity;

/// <summary>A provider that serves the realm file, whichever it is; nothing here needs an administrator.</summary>
/// <param name="Authority">The issuer.</param>
/// <param name="WaitAsync">Lets time pass, by the clock of a test or truly.</param>
/// <param name="CanWaitMinutes">False where time passes truly.</param>
internal sealed record IdentityUnderTest(string Authority, Func<TimeSpan, Task> WaitAsync, bool CanWaitMinutes);
