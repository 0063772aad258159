namespace TraceDemo.Tests.DevIdentity.Parity;

[CollectionDefinition(Name)]
public sealed class KeycloakParity : ICollectionFixture<SharedKeycloak>
{
    public const string Name = "Keycloak parity";
}
