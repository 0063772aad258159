using TraceDemo.Contracts.Access;
using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
builder.AddTokenExchange();
builder.AddAccessDescription();
builder.AddPolicy();
builder.AddDocuments();
builder.AddAccess();

var app = builder.Build();
app.MapAccess();
app.MapDocuments();
app.MapPolicy();
app.MapApiDescription();
app.MapDefaultEndpoints();
await app.RunAsync();
