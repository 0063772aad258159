using System.ComponentModel.DataAnnotations;
using System.Net;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>The address and the limits of the receiver; section <c>Otlp</c>.</summary>
internal sealed class OtlpOptions : IValidatableObject
{
    public const string Section = "Otlp";

    /// <summary>The receiver's own address, separate from the pages.</summary>
    public string Url { get; set; } = "http://127.0.0.1:4318";

    /// <summary>A key per sender, by the only <c>service.name</c> that it may send.</summary>
    public Dictionary<string, string> Keys { get; } = [];

    /// <summary>Senders whose traces are forwarded to the standard OTLP endpoint of this process: they support only one endpoint.</summary>
    public List<string> Forward { get; } = [];

    /// <summary>Bytes of one request's body as sent.</summary>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one request's body after decompression.</summary>
    public int MaxInflatedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes of all bodies in progress; beyond it senders must retry.</summary>
    public long MaxBytesInFlight { get; set; } = 128 * 1024 * 1024;

    /// <summary>The share of it that one sender may hold; 4 means a quarter.</summary>
    public int SenderShare { get; set; } = 4;

    /// <summary>Maximum connections of one sender; one more closes the connection that has been idle longest.</summary>
    public int MaxConnectionsPerSender { get; set; } = 64;

    /// <summary>Maximum connections of one address without a valid key; one more closes the oldest of them.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 32;

    /// <summary>The timeout for a request's headers, and then for its body.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public long MaxBytesInFlightOfSender => MaxBytesInFlight / SenderShare;

    /// <summary>Maximum connections without a key, in total.</summary>
    public int MaxUnidentified => 8 * MaxConnectionsPerAddress;

    /// <summary>All validation errors, which prevent startup.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Errors().Select(error => new ValidationResult(error));

    private IEnumerable<string> Errors()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            yield return $"Otlp:Url '{Url}' is not an absolute http address.";
        }
        else if (Keys.Count == 0 && !IsLoopback(url))
        {
            yield return $"Otlp:Url '{Url}' is reachable from other machines, so it needs a key per sender: set Otlp:Keys:<service>.";
        }

        if (Keys.Any(key => key.Value.Length < 16))
        {
            yield return "Each of Otlp:Keys needs 16 characters or more.";
        }

        if (Keys.Values.Distinct(StringComparer.Ordinal).Count() != Keys.Count)
        {
            yield return "Two senders in Otlp:Keys share a key, so the key would not identify either.";
        }

        if (SenderShare < 1 || MaxConnectionsPerSender < 1 || MaxConnectionsPerAddress < 1 || RequestTimeout <= TimeSpan.Zero)
        {
            yield return "Otlp:SenderShare, Otlp:MaxConnectionsPerSender, Otlp:MaxConnectionsPerAddress and Otlp:RequestTimeout are "
                + "above zero.";
        }

        foreach (var sender in Forward.Where(sender => !Keys.ContainsKey(sender)))
        {
            yield return $"Otlp:Forward names '{sender}', which has no key: set Otlp:Keys:{sender}.";
        }
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
