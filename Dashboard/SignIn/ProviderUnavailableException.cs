namespace TraceDemo.Dashboard.SignIn;

/// <summary>Signals, through the framework's sign-in, that the identity provider or its key is unavailable.</summary>
internal sealed class ProviderUnavailableException(string message) : Exception(message)
{
    public static ProviderUnavailableException NoResponse => new("The identity provider is unavailable.");
}
