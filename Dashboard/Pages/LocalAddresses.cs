using TraceDemo.Dashboard.SignIn;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.Pages;

/// <summary>Rejects an address that could be parsed as another host's, before a sign-in that would redirect to it.</summary>
internal sealed class LocalAddresses : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, continuation) => LocalAddress.IsLocal(context.Request.Path.Value)
            ? continuation(context)
            : Problem.WriteAsync(context, ReasonCode.RequestInvalid, "The address must begin with a single slash."));
        next(app);
    };
}
