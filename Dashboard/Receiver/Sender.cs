namespace TraceDemo.Dashboard.Receiver;

/// <summary>The sender of a request: a service with a valid key or, if no keys are configured, any process on this machine.</summary>
/// <param name="Service">The only <c>service.name</c> the sender may use; null lets it name itself.</param>
internal readonly record struct Sender(string? Service);
