using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>The span <c>jwt_validation</c>, from reading the header until the token is accepted or rejected.</summary>
internal sealed class JwtValidationSpan
{
    private readonly Activity? _activity;

    private JwtValidationSpan(Activity? activity) => _activity = activity;

    public static JwtValidationSpan Start()
    {
        // It ends in another callback of the library, so it must not become the parent of the work in between.
        var parent = Activity.Current;
        var activity = Instrumentation.Source.StartActivity(TelemetryNames.JwtValidation.Span);
        Activity.Current = parent;
        return new JwtValidationSpan(activity);
    }

    public void Succeed(Caller caller, bool cached)
    {
        Instrumentation.RecordJwtValidation("ok");
        if (_activity is not { IsStopped: false } activity)
        {
            return;
        }

        activity.SetTag(TelemetryNames.JwtValidation.Cached, cached);
        activity.SetTag(TelemetryNames.JwtValidation.Result, "ok");
        if (activity.IsAllDataRequested)
        {
            activity.SetTag(TelemetryNames.JwtValidation.Issuer, caller.Issuer);
            activity.SetTag(TelemetryNames.JwtValidation.Audience, caller.Description.Audiences);
            activity.SetTag(TelemetryNames.JwtValidation.Azp, caller.Client.Value);
            activity.SetTag(TelemetryNames.JwtValidation.Groups, caller.SortedGroups);
            activity.SetTag(TelemetryNames.JwtValidation.TokenScope, caller.Description.Scope);
            activity.SetTag(TelemetryNames.JwtValidation.Exp, caller.ExpiresAt.ToUnixTimeSeconds());
        }

        Stop(activity);
    }

    public void Fail(ReasonCode reason)
    {
        Instrumentation.RecordJwtValidation(reason.Value);
        if (_activity is not { IsStopped: false } activity)
        {
            return;
        }

        activity.SetTag(TelemetryNames.JwtValidation.Result, reason.Value);
        activity.SetTag(TelemetryNames.Server.ErrorType, reason.Value);
        activity.SetStatus(ActivityStatusCode.Error);
        Stop(activity);
    }

    private static void Stop(Activity activity)
    {
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }
}
