namespace TraceDemo.Contracts;

/// <summary>Departments, by the names of the realm's top-level groups.</summary>
public static class Departments
{
    /// <summary>The group whose members may change documents and agents.</summary>
    public const string Admin = "admin";
}
