using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
builder.AddTokenExchange();
// Every request of this client goes out with a token that only stock accepts, exchanged for the one that came in.
builder.AddServiceClient<StockClient>("stock").WithTokenExchange(ExchangePlan.For("stock", "stock:read"));

var app = builder.Build();
app.UseServiceDefaults();
app.MapGet("/orders/{item}", (string item, StockClient stock, CancellationToken cancellationToken) =>
    stock.FindAsync(item, cancellationToken)).Accept(Callers.Person("shop"));
// The realm does not give client 'orders' the scope stock:write, so this ends at the provider, and stock never hears of it.
app.MapPost("/orders/{item}", (string item, StockClient stock, CancellationToken cancellationToken) =>
    stock.TakeAsync(item, cancellationToken)).Accept(Callers.Person("shop"));
app.MapDefaultEndpoints();
await app.RunAsync();

internal sealed class StockClient(HttpClient client)
{
    public Task<IResult> FindAsync(string item, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Address(item)), cancellationToken);

    public Task<IResult> TakeAsync(string item, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, Address(item)).ExchangingFor(ExchangePlan.For("stock", "stock:write")),
            cancellationToken);

    private static string Address(string item) => $"/stock/{Uri.EscapeDataString(item)}";

    /// <summary>Hands on what stock says, refusals included.</summary>
    private async Task<IResult> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return Results.Text(body, response.Content.Headers.ContentType?.ToString(), statusCode: (int)response.StatusCode);
    }
}
