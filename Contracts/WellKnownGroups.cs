namespace TraceDemo.Contracts;

/// <summary>Groups of the realm that this system gives a meaning to.</summary>
public static class WellKnownGroups
{
    /// <summary>The group whose members may change documents and agents.</summary>
    public const string Admin = "admin";
}
