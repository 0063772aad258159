using TraceDemo.Gateway.ApiDescription;
using TraceDemo.Gateway.Limits;
using TraceDemo.Gateway.Routing;
using TraceDemo.Gateway.TrustBoundary;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddTrustBoundary();
builder.AddJwtValidation();
builder.AddTokenExchange();
builder.AddLimits();
builder.AddRouting();
builder.AddPublicApi();

var app = builder.Build();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.UseTrustBoundary();
app.MapRouting();
app.MapBackChannelLogout("tracedemo-cli");
app.MapSessionEnd("dashboard");
app.MapPublicApi();
app.MapDefaultEndpoints();
await app.RunAsync();
