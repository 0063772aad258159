namespace TraceDemo.AppHost;

/// <summary>The identity provider: Keycloak, or the development provider instead.</summary>
/// <param name="Resource">The resource that others wait for.</param>
/// <param name="Issuer">The issuer in every token.</param>
/// <param name="Backchannel">The address for services, if it differs from the issuer.</param>
internal sealed record Identity(IResourceBuilder<IResource> Resource, ReferenceExpression Issuer, ReferenceExpression? Backchannel);
