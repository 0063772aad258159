using System.Text.Json;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Instance;

/// <summary>
/// artifacts/standalone/[port]: a running system's state and data, with a lock beside it. The operating system releases the lock
/// however the system ends, so leftover files block nothing.
/// </summary>
internal sealed class InstanceFolder(string root, Ports ports)
{
    public const string Parent = "artifacts/standalone";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Location { get; } = Path.Combine(root, Parent, $"{ports.Dashboard}");

    private string LockFile => Location + ".lock";

    public string SealingKeysFile => Location + ".sealing-keys.json";

    /// <summary>Outside the folder: the audit must remain after the system has ended.</summary>
    public string AuditFolder => Location + ".audit";

    public string StateFile => Path.Combine(Location, "state.json");

    /// <summary>Held until disposed; null if a system already runs here.</summary>
    public FileStream? TryLock()
    {
        new FileInfo(Location).Directory?.Create();
        try
        {
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The state of the system that runs here; null if there is none, or if it has not written it yet.</summary>
    public InstanceState? ReadRunning()
    {
        using (var unused = TryLock())
        {
            if (unused is not null || !File.Exists(StateFile))
            {
                return null;
            }
        }

        return JsonSerializer.Deserialize<InstanceState>(File.ReadAllText(StateFile), Json);
    }

    public void Write(InstanceState state)
    {
        Directory.CreateDirectory(Location);
        WritePrivately(StateFile, state);
    }

    /// <summary>
    /// The system's part of a Redis, with its encryption keys. The keys are stored outside the folder: the encrypted data outlives the
    /// system, and is unreadable without them.
    /// </summary>
    public RedisShare? Redis(string? address)
    {
        if (address is null)
        {
            return null;
        }

        var known = File.Exists(SealingKeysFile)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(SealingKeysFile), Json) ?? [] : [];
        var access = RedisShare.With(address, ports, known);
        if (access.SealingKeys.Count > known.Count)
        {
            new FileInfo(SealingKeysFile).Directory?.Create();
            WritePrivately(SealingKeysFile, access.SealingKeys);
        }

        return access;
    }

    /// <summary>Documents that the system may change, fresh at each of its starts; a crashed service finds its changes again.</summary>
    public string CopyDocuments(string source)
    {
        var copy = Path.Combine(Location, "documents");
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(source, "*.md"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>At shutdown, with the lock still held: the next system creates a new folder.</summary>
    public void Discard()
    {
        if (Directory.Exists(Location))
        {
            Directory.Delete(Location, recursive: true);
        }
    }

    private static void WritePrivately<T>(string path, T content)
    {
        // Renamed when complete: other processes look for running systems at any time.
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, content, Json);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
