using System.Diagnostics;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Deployment;

/// <summary>
/// Services as they are in their images: published, not in Development, and, where the tests run as root, as a user who may write nowhere
/// but to two folders: <see cref="Volume"/> and the one for temporary files.
/// </summary>
internal sealed class PublishedSystem : IAsyncDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(3);
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];

    private readonly string _folder = Directory.CreateTempSubdirectory("published-").FullName;
    private readonly CollectedOutput _output = new();
    private readonly SystemPlan _plan;
    private Supervisor? _supervisor;
    private IReadOnlyList<string> _published = [];

    private PublishedSystem(SystemPlan plan)
    {
        _plan = plan;
        foreach (var folder in new[] { Volume, Temporary })
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>The one folder that a service may keep something in.</summary>
    public string Volume => Path.Combine(_folder, "volume");

    public string Temporary => Path.Combine(_folder, "temporary");

    public Uri Address(Service service) => new(service.Url(_plan.Ports));

    /// <summary>Files in the services' folders that were added or removed since publishing.</summary>
    public IEnumerable<string> Changes() => Listing().Except(_published).Concat(_published.Except(Listing()));

    public static async Task<PublishedSystem> StartAsync(SystemPlan plan, params Service[] services)
    {
        var system = new PublishedSystem(plan);
        try
        {
            foreach (var service in services)
            {
                await system.PublishAsync(service);
            }

            system._published = [.. system.Listing()];
            foreach (var file in Directory.EnumerateFiles(Path.Combine(plan.Root, "DocumentService", "Documents", "store")))
            {
                File.Copy(file, Path.Combine(system.Volume, Path.GetFileName(file)));
            }

            system._supervisor = new Supervisor(services.Select(system.Child), system._output, TimeProvider.System);
            system._supervisor.Start();
            await system._supervisor.WaitHealthyAsync(TestContext.Current.CancellationToken)
                .WaitAsync(WaitTimeout, TestContext.Current.CancellationToken);
            return system;
        }
        catch (TimeoutException late)
        {
            await system.DisposeAsync();
            throw new InvalidOperationException(
                $"The published services did not become healthy:\n{string.Join('\n', system._output.Lines.TakeLast(60))}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_supervisor is not null)
        {
            await _supervisor.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task PublishAsync(Service service)
    {
        var start = new ProcessStartInfo(
            DotnetHost.Executable,
            ["publish", Path.Combine(_plan.Root, service.ProjectFile), "--no-build", "-c", _plan.Build, "-o",
                Path.Combine(_folder, service.Name), "-v:q", "-nologo", "--tl:off"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publish.ExitCode == 0, $"publishing {service.Name}: {output}");
    }

    private ChildSpec Child(Service service)
    {
        string[] command = [DotnetHost.Executable, Path.Combine(_folder, service.Name, $"TraceDemo.{service.Project}.dll")];
        var nobody = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();
        return new ChildSpec(service.Name, nobody ? [.. AsNobody, .. command] : command)
        {
            WorkingDirectory = Path.Combine(_folder, service.Name),
            Environment = new Dictionary<string, string>(ServiceEnvironment.Of(service, _plan), StringComparer.Ordinal)
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_EnableDiagnostics"] = "0",
                ["Documents__Folder"] = Volume,
                ["Audit__File"] = Path.Combine(Volume, $"{service.Name}.audit.jsonl"),
                ["HOME"] = "/nonexistent",
                ["TMPDIR"] = Temporary,
            },
            Url = Address(service),
            Health = new Uri(Address(service), "/health"),
        };
    }

    private IEnumerable<string> Listing() =>
        from file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
        where !file.FullName.StartsWith(Volume, StringComparison.Ordinal) && !file.FullName.StartsWith(Temporary, StringComparison.Ordinal)
        select $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}";
}
