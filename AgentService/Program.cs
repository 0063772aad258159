using TraceDemo.AgentService.DelegatedAccess;
using TraceDemo.AgentService.Registry;
using TraceDemo.Contracts.Access;
using TraceDemo.SampleAgents;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
builder.AddTokenExchange();
builder.AddAccessDescription();
builder.AddAgentRegistry();
builder.AddSampleAgents();
builder.AddDelegatedAccess();

var app = builder.Build();
app.UseServiceDefaults();
app.MapAgentRegistry();
app.MapDelegatedAccess();
app.MapApiDescription();
app.MapDefaultEndpoints();
await app.RunAsync();
