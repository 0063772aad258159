using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Dashboard.Live;

/// <summary>How many event streams there may be, and how long each may live; section <c>Streams</c>.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>Streams of one person at a time.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Streams:PerPerson must be 1 or more.")]
    public int PerPerson { get; set; } = 10;

    /// <summary>Streams of all people at a time.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Streams:InAll must be 1 or more.")]
    public int InAll { get; set; } = 200;

    /// <summary>After this time a stream ends, whether its reader has taken everything or not.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Streams:Duration must be above zero and a day at most.")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);
}
