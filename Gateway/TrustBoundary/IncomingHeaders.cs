using System.Collections.Frozen;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Headers in which our services, or older ones behind them, identify the
/// actor: from outside they prove nothing and are removed.</summary>
internal static class IncomingHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "traceparent", "tracestate", "sw8", "sw8-correlation", "sw8-x", "baggage", "Correlation-Context", "Request-Id",
        "Txn-Token", "Forwarded", "X-Forwarded-Access-Token", "X-Real-IP",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes = ["X-User-", "X-Delegation-", "X-Service-", "X-Agent-", "X-Forwarded-", "X-Original-"];

    /// <summary>Removes them, after the server has read the trace context and forwarded headers were processed.</summary>
    internal static void Strip(IHeaderDictionary headers)
    {
        List<string>? foreign = null;
        foreach (var (name, _) in headers)
        {
            if (IsForeign(name))
            {
                (foreign ??= []).Add(name);
            }
        }
        foreach (var name in foreign ?? [])
        {
            headers.Remove(name);
        }
    }

    /// <summary>An underscore counts as a dash, as for services that read headers by CGI's rules (RFC 3875 §4.1.18).</summary>
    internal static bool IsForeign(string name)
    {
        var dashed = name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name;
        return Names.Contains(dashed) || Array.Exists(Prefixes, prefix => dashed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
