namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>
/// One description for everybody who asks. It is made for nobody in particular: whoever asked first and leaves ends nobody else's waiting,
/// and a failure is everybody's answer for a while too, so that no number of callers has it tried more often.
/// </summary>
/// <param name="make">Makes the description.</param>
/// <param name="lifetime">How long one is good.</param>
/// <param name="time">The clock.</param>
public sealed class SharedDescription(Func<Task<byte[]>> make, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>How long a failure is the answer.</summary>
    public static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<byte[]>? _made;
    private long _ended;

    /// <summary>The description as UTF-8 JSON, or why there is none.</summary>
    /// <param name="cancellationToken">Ends the waiting, and nothing else.</param>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_made is null || (_made.IsCompleted && IsOver(_made)))
            {
                // Nor does it belong to the trace of whoever asked first.
                using (ExecutionContext.SuppressFlow()) { _made = Task.Run(MakeAsync, CancellationToken.None); }
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
