namespace TraceDemo.DevIdentity.Login;

internal sealed record AuthorizationError(string Error, string? Description);
