namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>The result of a read.</summary>
/// <param name="Answered">False if Redis is unavailable, so that it is unknown whether the entry exists.</param>
/// <param name="Content">The content, or null if there is no valid entry of this service.</param>
public readonly record struct SharedContent(bool Answered, byte[]? Content);
