using TraceDemo.Dashboard;
using TraceDemo.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDashboard();

var app = builder.Build();
app.MapDashboard();
app.MapDefaultEndpoints();
await app.RunAsync();
