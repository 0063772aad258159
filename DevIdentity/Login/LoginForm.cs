namespace TraceDemo.DevIdentity.Login;

/// <summary>An open login form.</summary>
/// <param name="Tab">Its id.</param>
/// <param name="Purpose">The action after sign-in.</param>
/// <param name="Sealed">All of it, in the signed format of the form.</param>
internal sealed record LoginForm(string Tab, LoginPurpose Purpose, string Sealed);
