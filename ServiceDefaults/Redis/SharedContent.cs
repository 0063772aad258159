namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>What reading brought.</summary>
/// <param name="Answered">False when Redis is away: nobody knows then whether there is an entry.</param>
/// <param name="Content">The content, or null when there is none that is this service's own.</param>
public readonly record struct SharedContent(bool Answered, byte[]? Content);
