namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>The content of <c>enduser.pseudo.id</c> and <c>token.subject</c>.</summary>
public enum IdentityDisplay
{
    /// <summary>A keyed hash of issuer and subject.</summary>
    Pseudonym,

    /// <summary>The user name, readable.</summary>
    UserName,
}
