using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames.TokenExchange;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The span <c>token_exchange</c>: describes the input token, the issued token and its source, never their content.</summary>
internal sealed class ExchangeSpan : IDisposable
{
    private const string GrantTypeValue = "urn:ietf:params:oauth:grant-type:token-exchange";

    private readonly Activity? _activity;
    private readonly ExchangeRequest _request;

    public ExchangeSpan(ExchangeRequest request)
    {
        _request = request;
        _activity = Instrumentation.Source.StartActivity(Span);
        if (_activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        var subject = request.Subject;
        activity.SetTag(GrantType, GrantTypeValue);
        activity.SetTag(Requester, request.Requester.Client.Value);
        activity.SetTag(Subject, subject.Pseudonym);
        activity.SetTag(AudienceBefore, subject.Description.Audiences);
        activity.SetTag(AzpBefore, subject.Client.Value);
        activity.SetTag(ScopeBefore, subject.Description.Scope);
        activity.SetTag(LifetimeBefore, subject.Description.Lifetime);
        activity.SetTag(IdBefore, subject.Description.ShortId);
    }

    public void Finish(ExchangeResult result, CacheSource source, TimeSpan duration)
    {
        var audiences = string.Join(' ', _request.Plan.Audiences.Select(audience => audience.Value));
        var outcome = result is ExchangeResult.Refused { Reason: var reason } ? reason.Value : "ok";
        Instrumentation.RecordTokenExchange(outcome, source.Name, audiences, duration);
        if (_activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        activity.SetTag(Cache, source.Name);
        if (source.Activity != default)
        {
            activity.AddLink(new ActivityLink(source.Activity));
        }
        if (result is ExchangeResult.Issued { Token: var token })
        {
            activity.SetTag(AudienceAfter, token.Description.Audiences);
            activity.SetTag(AzpAfter, token.Client);
            activity.SetTag(ScopeAfter, token.Description.Scope);
            activity.SetTag(LifetimeAfter, token.Description.Lifetime);
            activity.SetTag(IdAfter, token.Description.ShortId);
            if (token.Actors.Count > 0)
            {
                activity.SetTag(Act, token.Actors.ToArray());
            }
        }
        else if (result is ExchangeResult.Refused refused)
        {
            activity.SetTag(OAuthError, refused.OAuthError);
            activity.SetTag(OAuthErrorDescription, refused.OAuthErrorDescription);
            activity.SetTag(TelemetryNames.Server.ErrorType, outcome);
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _activity?.Dispose();
}
