namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>The current audit file, and the full ones next to it: <c>.1</c> is the
/// latest of those, and the oldest is removed when there are too many.</summary>
internal sealed class AuditFiles : IDisposable
{
    /// <summary>Placeholder in the file name: the machine name, with a number if another process there already uses that name.</summary>
    public const string Instance = "{instance}";

    private const int MaxInstances = 16;

    private readonly FileStream _lockFile;
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly int _maxFiles;
    private FileStream? _file;
    private bool _isDisposed;

    private AuditFiles(string path, FileStream held, AuditOptions options)
    {
        _path = path;
        _lockFile = held;
        _maxBytes = options.FileMebibytes * 1024L * 1024;
        _maxFiles = options.Files;
    }

    /// <summary>Locks the file for this process: two processes that append to one file would overwrite each other's lines.</summary>
    /// <exception cref="InvalidOperationException">It cannot be written, or another process has locked it.</exception>
    public static AuditFiles Claim(AuditOptions options)
    {
        var path = options.File ?? throw new InvalidOperationException("Audit__File is missing.");
        try
        {
            for (var number = 1; number <= MaxInstances; number++)
            {
                var own = path.Replace(Instance, number == 1 ? Environment.MachineName : $"{Environment.MachineName}-{number}",
                    StringComparison.Ordinal);
                if (TryLock(own) is { } held)
                {
                    return Open(new AuditFiles(own, held, options));
                }
                if (own == path)
                {
                    break;
                }
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

    /// <summary>Whether a line must go to a new file.</summary>
    public bool IsFullFor(byte[] line)
    {
        _file ??= Open();
        return _file.Position > 0 && _file.Position + line.Length > _maxBytes;
    }

    public async Task AppendAsync(byte[] line)
    {
        _file ??= Open();
        await _file.WriteAsync(line, CancellationToken.None);
    }

    /// <summary>Starts a new file. If interrupted and repeated, it removes nothing twice, because moved files leave a gap.</summary>
    /// <returns>The file that was removed, or null.</returns>
    public string? Rotate()
    {
        Close();
        var free = Enumerable.Range(1, _maxFiles - 1).FirstOrDefault(number => !File.Exists(Earlier(number)));
        var removed = free == 0 ? Earlier(_maxFiles - 1) : null;
        if (removed is not null)
        {
            File.Delete(removed);
        }

        for (var number = free == 0 ? _maxFiles - 1 : free; number > 1; number--)
        {
            File.Move(Earlier(number - 1), Earlier(number));
        }
        File.Move(_path, Earlier(1));
        return removed;
    }

    /// <summary>Reopens the file for the next line, to terminate a partial line and to detect a repaired folder or disk.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose()
    {
        _isDisposed = true;
        Close();
        _lockFile.Dispose();
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

    /// <summary>Null if another process holds the lock. The lock is a file next to the audit file, which stays
    /// in place when that one is moved; the operating system releases it when the process ends.</summary>
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

    /// <exception cref="ObjectDisposedException">The lock was released: another process may own the file by now.</exception>
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
        if (file.Length == 0)
        {
            return;
        }

        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
        {
            file.WriteByte((byte)'\n');
        }
    }

    private string Earlier(int number) => $"{_path}.{number}";

    private static FileStreamOptions Private(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
