using TraceDemo.DevIdentity.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddDevIdentity();

var app = builder.Build();
app.MapDevIdentity();
app.MapGet("/health", () => "ok");
await app.RunAsync();
