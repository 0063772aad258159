namespace TraceDemo.Dashboard.SignIn;

/// <summary>Nobody can sign in now; those who are stay so until their token expires.</summary>
internal sealed class ProviderUnavailableException(string message, Exception? inner) : Exception(message, inner);
