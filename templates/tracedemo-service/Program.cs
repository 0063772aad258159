using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
// To call the next hop: builder.AddServiceClient<T>("next").WithTokenExchange(ExchangePlan.For("next", "next:read")).
builder.AddTokenExchange();

var app = builder.Build();
app.UseServiceDefaults();
app.MapGet("/hello", (Caller caller) => new { person = caller.UserName, client = caller.Client.Value })
    .Accept(Callers.Person("calling-client"));
app.MapDefaultEndpoints();
await app.RunAsync();
