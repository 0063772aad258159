using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// The audit of one request to an endpoint that is <see cref="AuditExtensions.Audited"/>. Bind it as an endpoint's parameter. Whoever
/// decides records the outcome; a problem that is answered, or a caller who leaves, before anybody did is recorded by itself.
/// </summary>
public sealed class AuditedRequest : IDisposable
{
    /// <summary>What <see cref="ReasonCode.AuditUnavailable"/> means to whoever asked.</summary>
    public const string Unavailable =
        "What is asked for here goes on record, and the record cannot be written to at the moment; try again in a moment.";

    private readonly AuditTrail _trail;
    private string _action = AuditActions.Request;
    private string _target;
    private IDisposable? _place;
    private bool _isReserved;
    private bool _isRecorded;

    internal AuditedRequest(AuditTrail trail, Caller caller, string target) => (_trail, Caller, _target) = (trail, caller, target);

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>Lets an endpoint take it as a parameter.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<AuditedRequest?> BindAsync(HttpContext context) => new(context.Features.Get<AuditedRequest>());

    /// <summary>Says what is to be done, as soon as that is known; until then it is the request.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">One resource or more.</param>
    public void Concerns(string action, string target) => (_action, _target) = (action, target);

    /// <summary>Makes sure of a place on record, before something is changed; false where there is none, and nothing may be.</summary>
    public async ValueTask<bool> TryReserveAsync()
    {
        (_isReserved, _place) = await _trail.TryReserveAsync(Caller.Subject);
        return _isReserved;
    }

    /// <summary>Puts the outcome on record, once: nothing comes after it.</summary>
    /// <param name="reason">Why it was refused, or a reason that allows; null where it was done without a decision.</param>
    /// <param name="decision">The policy's decision record, where that is the outcome.</param>
    /// <exception cref="ProblemException">There is no room, so what was asked for must not go on.</exception>
    public async ValueTask RecordAsync(ReasonCode? reason, object? decision)
    {
        if (_isRecorded) { return; }

        _isRecorded = true;
        var entry = AuditEntry.Of(Caller, _action, _target, reason) with { Decision = decision };
        // Whoever was told that there is no room does not wait for it again.
        if (!_isReserved && reason != ReasonCode.AuditUnavailable)
        {
            await _trail.RecordAsync(entry);
            return;
        }

        var place = _place;
        _place = null;
        _trail.Record(entry, place);
    }

    /// <summary>Gives back a place that nothing was recorded at.</summary>
    public void Dispose()
    {
        _place?.Dispose();
        _place = null;
        _isReserved = false;
    }
}
