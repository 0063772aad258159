namespace TraceDemo.DevIdentity.Login;

/// <summary>A login form that a browser has open.</summary>
/// <param name="Tab">Names it.</param>
/// <param name="Purpose">What happens once the person has signed in.</param>
/// <param name="Sealed">All of it, as it travels with the form.</param>
internal sealed record LoginForm(string Tab, LoginPurpose Purpose, string Sealed);
