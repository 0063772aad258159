using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.UserService.Profile;

/// <summary>A person according to the verified token: the groups are the only source of departments.</summary>
internal sealed record PersonProfile(string? UserName, string? Name, IReadOnlyList<string> Departments)
{
    public static PersonProfile Of(Caller caller) =>
        new(caller.UserName, caller.Name, [.. caller.Groups.Order(StringComparer.Ordinal)]);
}
