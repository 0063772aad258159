using System.Security.Claims;
using TraceDemo.Contracts;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>The signed-in person in this application.</summary>
internal sealed class People(Pseudonym pseudonym)
{
    public Viewer Viewer(ClaimsPrincipal person) => new(
        pseudonym.Of(Required(person, "iss"), Required(person, "sub"), person.FindFirst("preferred_username")?.Value),
        Groups(person).Contains(WellKnownGroups.Admin));

    public static IReadOnlySet<string> Groups(ClaimsPrincipal person) =>
        GroupNames.Of(person.FindAll("groups").Select(claim => claim.Value));

    private static string Required(ClaimsPrincipal person, string claim) =>
        person.FindFirst(claim)?.Value ?? throw new InvalidOperationException($"The signed-in person has no claim {claim}.");
}
