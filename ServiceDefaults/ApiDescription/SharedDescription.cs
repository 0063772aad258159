namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>
/// One description shared by all requests. Generating it does not depend on a single request, so a client that disconnects does not
/// cancel it for others. A failure is cached briefly as well, so that many requests cannot trigger repeated attempts.
/// </summary>
/// <param name="make">Generates the description.</param>
/// <param name="lifetime">How long a description is valid.</param>
/// <param name="time">The clock.</param>
public sealed class SharedDescription(Func<Task<byte[]>> make, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>How long a failure is cached.</summary>
    public static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<byte[]>? _made;
    private long _ended;

    /// <summary>The description as UTF-8 JSON, or the reason for its absence.</summary>
    /// <param name="cancellationToken">Cancels only this caller's wait.</param>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_made is null || (_made.IsCompleted && IsOver(_made)))
            {
                // SuppressFlow: the generation must not become part of the first caller's trace.
                using (ExecutionContext.SuppressFlow())
                {
                    _made = Task.Run(MakeAsync, CancellationToken.None);
                }
            }

            return _made.WaitAsync(cancellationToken);
        }
    }

    private bool IsOver(Task<byte[]> made) =>
        time.GetElapsedTime(Volatile.Read(ref _ended)) >= (made.IsCompletedSuccessfully ? lifetime : FailureLifetime);

    private async Task<byte[]> MakeAsync()
    {
        try
        {
            return await make();
        }
        finally
        {
            Volatile.Write(ref _ended, time.GetTimestamp());
        }
    }
}
