using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Framework.Documents;

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

    /// <summary>There is room again, in a file of its own.</summary>
    public void Repair() => Repair("");

    /// <summary>The same, behind what a full disk took of a line. At one stroke:
    /// nobody writes to a file that is not this one yet.</summary>
    public void Repair(string part)
    {
        var beside = File + ".repaired";
        System.IO.File.WriteAllText(beside, part);
        System.IO.File.Move(beside, File, overwrite: true);
    }

    /// <summary>Makes it as long as the file system lets a file be, without
    /// taking room, so that not one more byte goes behind it.</summary>
    public void Stretch()
    {
        using var file = new FileStream(File, FileMode.Open, FileAccess.Write);
        if (TryStretch(file, long.MaxValue))
        {
            return;
        }

        var (can, cannot) = (0L, long.MaxValue);
        while (cannot - can > 1)
        {
            var middle = can + ((cannot - can) / 2);
            if (TryStretch(file, middle))
            {
                can = middle;
            }
            else
            {
                cannot = middle;
            }
        }
    }

    /// <summary>The entries of a file, one per line.</summary>
    public static IReadOnlyList<JsonElement> Read(string file) =>
        [.. System.IO.File.ReadLines(file).Select(line => JsonElement.Parse(line))];

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool TryStretch(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
            return true;
        }
        catch (Exception tooLong) when (tooLong is IOException or ArgumentException)
        {
            return false;
        }
    }

    internal sealed class Writing(AuditFile file) : IAsyncDisposable
    {
        private bool _stopped;

        public async ValueTask DisposeAsync()
        {
            if (_stopped)
            {
                return;
            }

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
