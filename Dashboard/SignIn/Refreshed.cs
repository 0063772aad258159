namespace TraceDemo.Dashboard.SignIn;

/// <summary>What became of a ticket whose access token ran out or soon will.</summary>
internal enum Refreshed { Renewed, Ended, Unavailable }
