using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TraceDemo.DocumentService.Documents;

/// <summary>
/// Opens a file that may have been replaced since it was listed. .NET waits for a writer when it opens a named pipe,
/// and follows links; the call that opens must reject both (POSIX open, O_NONBLOCK and O_NOFOLLOW).
/// </summary>
internal static partial class RegularFile
{
    private const int NoSuchFile = 2;

    /// <summary>A socket, or a device without a driver (ENXIO).</summary>
    private const int NoSuchDevice = 6;

    /// <summary>ENOTDIR.</summary>
    private const int NotInFolder = 20;

    /// <summary>Null if there is no file of this name, or it is a link, pipe or socket.</summary>
    /// <exception cref="IOException">It exists and cannot be read.</exception>
    public static FileStream? OpenRead(string path)
    {
        var stream = OperatingSystem.IsWindows()
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true)
            : OpenWithoutWaiting(path);
        if (stream is null or { CanSeek: true })
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    private static FileStream? OpenWithoutWaiting(string path)
    {
        var (nonBlocking, closeOnExecute, noFollow, isLink) = Flags;
        var handle = Open(path, nonBlocking | closeOnExecute | noFollow);
        if (!handle.IsInvalid)
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error is NoSuchFile or NoSuchDevice or NotInFolder || error == isLink
            ? null
            : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>O_NONBLOCK, O_CLOEXEC, O_NOFOLLOW and ELOOP, whose values depend on the operating system.</summary>
    private static (int NonBlocking, int CloseOnExecute, int NoFollow, int IsLink) Flags => !OperatingSystem.IsLinux()
        ? (0x4, 0x100_0000, 0x100, 62)
        : (0x800, 0x8_0000, RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le
            ? 0x8000 : 0x2_0000, 40);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
