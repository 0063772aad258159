using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.UserService.Profile;

internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder app) =>
        app.MapGet("/users/me", (Caller caller) => PersonProfile.Of(caller)).Accept(Callers.Person("gateway"))
            .WithSummary("The person's profile and departments.");
}
