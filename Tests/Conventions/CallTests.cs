using System.Reflection;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Conventions;

/// <summary>What no code may call, found in what the compiler made of it.</summary>
public sealed class CallTests
{
    private static readonly Dictionary<string, string> OwnClock = new()
    {
        ["TraceDemo.Standalone.Processes.Guard"] = "is started for each child and must be up at once: nothing is injected into it",
    };

    private static readonly Dictionary<string, string> SynchronousFiles = new()
    {
        ["TraceDemo.AgentService.Registry.RegistryFolder"] = "read once, before the first request",
        ["TraceDemo.Dashboard.Assets.AssetFiles"] = "copies embedded files to memory, once at start",
        ["TraceDemo.DevIdentity.Hosting.RealmLocation"] = "read once, before the first request",
        ["TraceDemo.DocumentService.Policy.PolicyFile"] = "read once, before the first request",
    };

    private static readonly Dictionary<string, string> Polling = new()
    {
        ["TraceDemo.Tests.DevIdentity.Parity.KeycloakReplay"] = "a real Keycloak goes by the real clock",
        ["TraceDemo.Tests.Framework.Processes.SystemUnderTest"] = "asks again after the Retry-After that a service answered",
        ["TraceDemo.Tests.Framework.Telemetry.SpanCollector"] = "an activity listener has no event to wait for: looks until a deadline",
    };

    [Fact]
    public void Time_is_injected_and_never_read_from_the_system_clock() =>
        NobodyCalls(
            Assemblies.OfSource,
            @"^System\.(DateTime|DateTimeOffset)\.get_(Now|UtcNow|Today)$|^System\.Environment\.get_TickCount(64)?$|"
                + @"^System\.Diagnostics\.Stopwatch\.",
            OwnClock);

    [Fact]
    public void No_code_blocks_a_thread_to_wait_for_another() =>
        NobodyCalls(
            Assemblies.OfServices,
            @"^System\.Threading\.Tasks\.(Task|ValueTask)(`1)?\.(get_Result|Wait|WaitAll|WaitAny|RunSynchronously)$"
            + @"|^System\.Threading\.Thread\.(Sleep|Join)$|^System\.Threading\.(SemaphoreSlim|ManualResetEventSlim|CountdownEvent)\.Wait$"
            + @"|^System\.Threading\.(WaitHandle\.WaitOne|Monitor\.Wait)$|^System\.Net\.Http\.HttpClient\.Send$|"
            + @"^System\.Diagnostics\.Process\.WaitForExit$");

    [Fact]
    public void No_code_calls_GetResult_on_an_awaiter()
    {
        // An await compiles to the same call, so the bodies of async methods are
        // searched as text. A property of FsCheck runs on a thread of its own.
        var calls = CompiledCode.Calls(Assemblies.OfSource).Where(call => !call.InStateMachine);
        Findings.None(calls.Where(call => Regex.IsMatch(call.Callee, @"Awaiter(`1)?\.GetResult$")).Select(call => call.ToString()));
        Findings.None(SourceFiles.CSharp.Where(file => !file.IsTest && file.Text.Contains(".GetAwaiter()", StringComparison.Ordinal))
            .Select(file => file.Path));
    }

    [Fact]
    public void Files_and_streams_are_read_and_written_asynchronously_while_requests_wait() =>
        NobodyCalls(
            Assemblies.OfServices,
            @"^System\.IO\.File\.(ReadAll|WriteAll|AppendAll|ReadLines)\w*(?<!Async)$|^System\.IO\.StreamReader\.(ReadToEnd|ReadLine|Read)$"
            + @"|^System\.IO\.Stream\.(CopyTo|ReadExactly|ReadAtLeast)$|^System\.Net\.Dns\.GetHost(Entry|Addresses|ByName)$",
            SynchronousFiles);

    [Fact]
    public void Synchronous_body_reads_stay_disabled() => NobodyCalls(Assemblies.OfSource, @"\.set_AllowSynchronousIO$");

    [Fact]
    public void Randomness_comes_from_the_cryptographic_generator() => NobodyCalls(Assemblies.OfServices, @"^System\.Random\.");

    [Fact]
    public void Logging_goes_through_generated_methods() =>
        NobodyCalls(Assemblies.OfSource, @"^Microsoft\.Extensions\.Logging\.LoggerExtensions\.Log");

    [Fact]
    public void Services_write_to_the_log_and_not_to_the_console() =>
        NobodyCalls(Assemblies.OfServices, @"^System\.Console\.(Write|get_Out|get_Error)");

    [Fact]
    public void Tests_wait_for_events_and_never_for_time_to_pass() =>
        // A delay without end holds a request open until its caller has gone: that is an event.
        NobodyCalls(Assemblies.OfTests, @"^System\.Threading\.(Thread\.Sleep|Tasks\.Task\.Delay)$", Polling,
            call => !call.SourceLine.Contains("Timeout.Infinite", StringComparison.Ordinal));

    private static void NobodyCalls(
        IEnumerable<Assembly> assemblies, string pattern, Dictionary<string, string>? exceptions = null, Func<Call, bool>? counts = null) =>
        Findings.NoneBut(
            exceptions ?? [],
            from call in CompiledCode.Calls(assemblies)
            where Regex.IsMatch(call.Callee, pattern) && counts?.Invoke(call) is not false
            select (call.Caller.FullName!, call.ToString()));
}
