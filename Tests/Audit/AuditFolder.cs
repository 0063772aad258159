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

    public async Task<Writing> WriteAsync(AuditTrail audit, string? path = null)
    {
        var file = new AuditFile(audit, path ?? File, TimeProvider.System, NullLogger<AuditFile>.Instance);
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
