using TraceDemo.Dashboard;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
// Browsers send trace contexts too; their sampled flag is ignored here as well.
builder.TreatTraceContextAs(IncomingTraceContext.Continue);
builder.AddDashboard();

var app = builder.Build();
app.UseDashboard();
app.UseServiceDefaults();
app.MapDashboard();
app.MapDefaultEndpoints();
await app.RunAsync();
