namespace TraceDemo.Contracts;

/// <summary>Departments as the realm's top-level groups name them.</summary>
public static class Departments
{
    /// <summary>The group whose members may change documents and agents.</summary>
    public const string Admin = "admin";
}
