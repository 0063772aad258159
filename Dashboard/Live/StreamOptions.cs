using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Dashboard.Live;

/// <summary>Limits for the number and duration of event streams; section <c>Streams</c>.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>Maximum streams of one person.</summary>
    [Range(1, int.MaxValue)]
    public int PerPerson { get; set; } = 10;

    /// <summary>Maximum streams in total.</summary>
    [Range(1, int.MaxValue)]
    public int Total { get; set; } = 200;

    /// <summary>The maximum duration, after which a stream ends even if its reader has not received everything.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);
}
