using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();

var pieces = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["anvil"] = 3, ["kettle"] = 0 };

var app = builder.Build();
app.UseServiceDefaults();
// Only orders may ask, for a person, with a token for stock alone.
app.MapGet("/stock/{item}", (string item, Caller caller) => pieces.TryGetValue(item, out var count)
    ? Results.Ok(new { item, pieces = count, token = TokenSeen.By(caller) })
    : Problem.Result(ReasonCode.NotFound, $"There is no item '{item}'.")).Accept(Callers.Person("orders").WithScope("stock:read"));
app.MapDelete("/stock/{item}", (string item) => pieces.Remove(item) ? Results.NoContent() : Results.NotFound())
    .Accept(Callers.Person("orders").WithScope("stock:write"));
app.MapDefaultEndpoints();
await app.RunAsync();

/// <summary>What the token that arrived says, so that the exchange can be seen; a real service shows nothing of it.</summary>
internal sealed record TokenSeen(string Sub, string Azp, IEnumerable<string> Aud, IEnumerable<string> Scope)
{
    public static TokenSeen By(Caller caller) => new(caller.Subject, caller.Client.Value, caller.Audiences, caller.Scopes);
}
