using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// The audit of one request to an endpoint that is <see cref="AuditExtensions.Audited"/>. Bind it as an endpoint parameter. The code that
/// decides records the outcome; otherwise a problem response or a disconnected caller is recorded automatically.
/// </summary>
public sealed class AuditedRequest : IDisposable
{
    /// <summary>The detail of <see cref="ReasonCode.AuditUnavailable"/>.</summary>
    public const string Unavailable =
        "This request must be audited, and the audit cannot be written at the moment; try again in a moment.";

    private readonly AuditTrail _trail;
    private string _action = AuditActions.Request;
    private string _target;
    private IDisposable? _permit;
    private bool _isReserved;
    private bool _isRecorded;

    internal AuditedRequest(AuditTrail trail, Caller caller, string target)
    {
        _trail = trail;
        Caller = caller;
        _target = target;
    }

    /// <summary>The caller.</summary>
    public Caller Caller { get; }

    /// <summary>Binds it as an endpoint parameter.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<AuditedRequest?> BindAsync(HttpContext context) => new(context.Features.Get<AuditedRequest>());

    /// <summary>Sets the action as soon as it is known; until then the entry is about the request.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">One resource or more.</param>
    public void SetAction(string action, string target)
    {
        _action = action;
        _target = target;
    }

    /// <summary>Reserves a permit before something is changed; if it returns false, nothing may be changed.</summary>
    public async ValueTask<bool> TryReserveAsync()
    {
        (_isReserved, _permit) = await _trail.TryReserveAsync(Caller.Subject);
        return _isReserved;
    }

    /// <summary>Records the outcome, once and finally.</summary>
    /// <param name="reason">The reason for the denial or the permission; null for an action without a decision.</param>
    /// <param name="decision">The policy's decision record, if it determined the outcome.</param>
    /// <exception cref="ProblemException">The queue is full, so the request must fail.</exception>
    public async ValueTask RecordAsync(ReasonCode? reason, object? decision)
    {
        if (_isRecorded)
        {
            return;
        }

        _isRecorded = true;
        var entry = AuditEntry.Of(Caller, _action, _target, reason) with { Decision = decision };
        // A request that already failed because the queue is full does not wait again.
        if (!_isReserved && reason != ReasonCode.AuditUnavailable)
        {
            await _trail.RecordAsync(entry);
            return;
        }

        var permit = _permit;
        _permit = null;
        _trail.Record(entry, permit);
    }

    /// <summary>Releases an unused permit.</summary>
    public void Dispose()
    {
        _permit?.Dispose();
        _permit = null;
        _isReserved = false;
    }
}
