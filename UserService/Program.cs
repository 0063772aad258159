using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.UserService.Delegation;
using TraceDemo.UserService.DirectAccess;
using TraceDemo.UserService.Profile;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
builder.AddTokenExchange();
builder.AddAccessDescription();
builder.AddDirectAccess();
builder.AddDelegation();

var app = builder.Build();
app.UseServiceDefaults();
app.MapProfile();
app.MapDirectAccess();
app.MapDelegation();
app.MapApiDescription();
app.MapDefaultEndpoints();
await app.RunAsync();
