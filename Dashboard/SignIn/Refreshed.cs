namespace TraceDemo.Dashboard.SignIn;

/// <summary>The outcome of renewing a ticket whose access token has expired or soon will.</summary>
internal enum Refreshed { Renewed, Ended, Unavailable }
