using TraceDemo.DevIdentity;
using TraceDemo.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddDevIdentity();
builder.AddServiceDefaults();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDevIdentity();
app.MapDefaultEndpoints();
await app.RunAsync();
