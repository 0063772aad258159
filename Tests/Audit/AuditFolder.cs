using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Audit;

/// <summary>A folder for one test's audit file, and what writes there.</summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tracedemo-audit-");

    public string File => Path.Combine(_directory.FullName, "audit.jsonl");

    /// <summary>In a folder that is not there.</summary>
    public string Missing => Path.Combine(_directory.FullName, "nowhere", "audit.jsonl");

    /// <summary>Writes what the trail has, as a service does while it runs.</summary>
    public Task<Writing> WriteAsync(AuditTrail audit) => WriteAsync(audit, new AuditOptions { File = File });

    public static async Task<Writing> WriteAsync(AuditTrail audit, AuditOptions options)
    {
        var file = new AuditFile(audit, options, TimeProvider.System, NullLogger<AuditFile>.Instance);
        try
        {
            await file.StartAsync(TestContext.Current.CancellationToken);
            return new Writing(file);
        }
        catch (InvalidOperationException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>From now on the file takes nothing, as on a full disk; Linux only.</summary>
    public void Fill()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Runs on Linux: the full disk is /dev/full.");
        System.IO.File.CreateSymbolicLink(File, "/dev/full");
    }

    /// <summary>There is room again.</summary>
    public void Repair() => System.IO.File.Delete(File);

    /// <summary>What stands in a file, line by line.</summary>
    public static IReadOnlyList<JsonElement> Read(string file) => [.. System.IO.File.ReadLines(file).Select(line => JsonElement.Parse(line))];

    public void Dispose() => _directory.Delete(recursive: true);

    internal sealed class Writing(AuditFile file) : IAsyncDisposable
    {
        private bool _stopped;

        public async ValueTask DisposeAsync()
        {
            if (_stopped) { return; }

            _stopped = true;
            await file.StopAsync(CancellationToken.None);
            file.Dispose();
        }

        /// <summary>As a host that has no more time.</summary>
        public async Task StopNowAsync()
        {
            _stopped = true;
            await file.StopAsync(new CancellationToken(canceled: true));
            file.Dispose();
        }
    }
}
