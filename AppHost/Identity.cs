namespace TraceDemo.AppHost;

/// <summary>Who signs people in and exchanges tokens: Keycloak, or the development provider in its place.</summary>
/// <param name="Resource">What everything waits for.</param>
/// <param name="Issuer">As it stands in every token.</param>
/// <param name="Backchannel">Where services reach it, if not there.</param>
internal sealed record Identity(IResourceBuilder<IResource> Resource, ReferenceExpression Issuer, ReferenceExpression? Backchannel);
