namespace TraceDemo.Dashboard.SignIn;

/// <summary>Carries out of the framework's sign-in that the identity provider, or the key of what it signed, is out of reach.</summary>
internal sealed class ProviderUnavailableException(string message) : Exception(message)
{
    public static ProviderUnavailableException NoAnswer => new("The identity provider does not answer.");
}
