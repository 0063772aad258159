using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>
/// Carries trace context between processes: W3C Trace Context level 2, and SkyWalking's <c>sw8</c> if there is no <c>traceparent</c>.
/// Baggage is neither read nor written. Only hosts of the system receive outgoing headers.
/// </summary>
public sealed class TraceContextPropagator : DistributedContextPropagator
{
    private readonly SystemHosts _hosts;
    private readonly Sw8Writer? _sw8;
    private readonly IncomingTraceContext _incoming;

    internal TraceContextPropagator(SystemHosts hosts, Sw8Writer? sw8, IncomingTraceContext incoming = IncomingTraceContext.Trusted)
    {
        _hosts = hosts;
        _sw8 = sw8;
        _incoming = incoming;
    }

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent.Header, TraceState.Header, Sw8.Header];

    /// <summary>The same propagator with another treatment of incoming context.</summary>
    public TraceContextPropagator With(IncomingTraceContext incoming) => new(_hosts, _sw8, incoming);

    /// <summary>The caller's trace context, independent of its treatment; null if there is none or it is invalid.</summary>
    public static ActivityContext? Read(object? carrier, PropagatorGetterCallback getter) =>
        TryRead(carrier, getter, out var parent, out var state) ? parent.ToContext(state) : null;

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        traceId = null;
        traceState = null;
        if (getter is null || _incoming == IncomingTraceContext.Link || !TryRead(carrier, getter, out var parent, out traceState))
        {
            return;
        }

        if (_incoming == IncomingTraceContext.Continue)
        {
            parent = parent with { Flags = (byte)(parent.Flags | TraceParent.Sampled) };
        }

        traceId = parent.ToString();
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (carrier is not HttpRequestMessage request || setter is null)
        {
            return;
        }
        // A proxied request may still contain its sender's header.
        foreach (var field in Fields)
        {
            request.Headers.Remove(field);
        }

        if (activity is not { IdFormat: ActivityIdFormat.W3C } || !_hosts.Include(request.RequestUri))
        {
            return;
        }

        setter(carrier, TraceParent.Header, new TraceParent(activity.TraceId, activity.SpanId, Flags(activity)).ToString());
        if (activity.TraceStateString is { Length: > 0 } state)
        {
            setter(carrier, TraceState.Header, state);
        }

        if (_sw8 is not null)
        {
            setter(carrier, Sw8.Header, _sw8.Describe(activity, request.RequestUri!));
        }
    }

    private static bool TryRead(object? carrier, PropagatorGetterCallback getter, out TraceParent parent, out string? state)
    {
        state = null;
        if (Get(carrier, getter, TraceParent.Header) is { } header)
        {
            if (!TraceParent.TryParse(header, out parent))
            {
                return false;
            }

            state = TraceState.Parse(Get(carrier, getter, TraceState.Header));
            return true;
        }
        parent = Sw8.TryParse(Get(carrier, getter, Sw8.Header), out var sw8) ? sw8.ToTraceParent() : default;
        return sw8 is not null;
    }

    private static string? Get(object? carrier, PropagatorGetterCallback getter, string field)
    {
        getter(carrier, field, out var value, out var values);
        return value ?? (values is null ? null : string.Join(',', values));
    }

    /// <summary>.NET passes the sampled flag on inside a process, but not the random
    /// flag: it is the first span's, or true for our own ids.</summary>
    private static byte Flags(Activity activity)
    {
        var first = activity.Root();
        var random = first.HasRemoteParent ? (byte)first.ActivityTraceFlags & TraceParent.Random : TraceParent.Random;
        return (byte)(((byte)activity.ActivityTraceFlags & TraceParent.Sampled) | random);
    }
}
