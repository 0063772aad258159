namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>The file that entries are appended to, and the full ones beside it: <c>.1</c> is
/// the latest of those, and the oldest goes when there are too many.</summary>
internal sealed class AuditFiles : IDisposable
{
    /// <summary>In a file's name: the machine, and a number where another process there has that name already.</summary>
    public const string Instance = "{instance}";

    private const int MostInstances = 16;

    private readonly FileStream _lock;
    private readonly string _path;
    private readonly long _largest;
    private readonly int _most;
    private FileStream? _file;
    private bool _isDisposed;

    private AuditFiles(string path, FileStream held, AuditOptions options) =>
        (_path, _lock, _largest, _most) = (path, held, options.FileMebibytes * 1024L * 1024, options.Files);

    /// <summary>Takes the file for this process alone: two that append to one would overwrite each other's lines.</summary>
    /// <exception cref="InvalidOperationException">It cannot be written to, or another process has it.</exception>
    public static AuditFiles Claim(AuditOptions options)
    {
        var path = options.File ?? throw new InvalidOperationException("Audit__File is missing.");
        try
        {
            for (var number = 1; number <= MostInstances; number++)
            {
                var own = path.Replace(Instance, number == 1 ? Environment.MachineName : $"{Environment.MachineName}-{number}",
                    StringComparison.Ordinal);
                if (TryLock(own) is { } held) { return Open(new AuditFiles(own, held, options)); }
                if (own == path) { break; }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Audit__File '{path}' cannot be appended to: {failure.Message}", failure);
        }

        throw new InvalidOperationException(
            $"Audit__File '{path}' cannot be appended to: another process does. Each instance needs a file of its own; '{Instance}' in "
            + "the name stands for one.");
    }

    /// <summary>Whether a line belongs into a new file.</summary>
    public bool IsFullFor(byte[] line)
    {
        _file ??= Open();
        return _file.Position > 0 && _file.Position + line.Length > _largest;
    }

    public async Task AppendAsync(byte[] line)
    {
        _file ??= Open();
        await _file.WriteAsync(line, CancellationToken.None);
    }

    /// <summary>Begins a new file. Broken off and begun again it removes nothing twice, because what it has moved left a gap.</summary>
    /// <returns>The file that was removed; null where none was.</returns>
    public string? Begin()
    {
        Close();
        var free = Enumerable.Range(1, _most - 1).FirstOrDefault(number => !File.Exists(Earlier(number)));
        var removed = free == 0 ? Earlier(_most - 1) : null;
        if (removed is not null) { File.Delete(removed); }

        for (var number = free == 0 ? _most - 1 : free; number > 1; number--) { File.Move(Earlier(number - 1), Earlier(number)); }
        File.Move(_path, Earlier(1));
        return removed;
    }

    /// <summary>The next line opens it anew, so that a part of a line ends there, and so that a repaired folder or disk is found.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose()
    {
        _isDisposed = true;
        Close();
        _lock.Dispose();
    }

    private static AuditFiles Open(AuditFiles files)
    {
        try
        {
            files._file = files.Open();
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Null where another process holds it. A file beside the audit's, which stays the same
    /// when that one is moved; it ends with its process, however that ends.</summary>
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", Private(FileShare.None));
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    /// <exception cref="ObjectDisposedException">The lock was given back: the file may be another process's by now.</exception>
    private FileStream Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var file = new FileStream(_path, Private(FileShare.Read));
        try
        {
            EndLine(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void EndLine(FileStream file)
    {
        if (file.Length == 0) { return; }

        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') { file.WriteByte((byte)'\n'); }
    }

    private string Earlier(int number) => $"{_path}.{number}";

    private static FileStreamOptions Private(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        return options;
    }
}
