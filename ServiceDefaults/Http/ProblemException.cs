using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Carries a problem out of code that can only throw, such as a message handler of <see cref="HttpClient"/>; the exception handler
/// writes it unchanged. All other code returns its outcome as a value.
/// </summary>
/// <param name="reason">The reason; determines the status.</param>
/// <param name="detail">A sentence for the person who resolves the problem.</param>
/// <param name="extensions">Further members of the problem.</param>
public sealed class ProblemException(ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions = null)
    : Exception(detail)
{
    /// <summary>The reason; determines the status.</summary>
    public ReasonCode Reason { get; } = reason;

    /// <summary>Further members of the problem.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; } = extensions;
}
