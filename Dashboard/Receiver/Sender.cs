namespace TraceDemo.Dashboard.Receiver;

/// <summary>Who sends: a service that showed its key, or, where no keys are configured, anybody on this machine.</summary>
/// <param name="Service">The only <c>service.name</c> the sender may use; null lets it name itself.</param>
internal readonly record struct Sender(string? Service);
