namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>What <c>enduser.pseudo.id</c> and <c>token.subject</c> show.</summary>
public enum IdentityDisplay
{
    /// <summary>A keyed hash of issuer and subject.</summary>
    Pseudonym,

    /// <summary>The user name, readable.</summary>
    UserName,
}
