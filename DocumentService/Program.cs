using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Changes;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Evaluation;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TokenExchange;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddJwtValidation();
builder.AddTokenExchange();
builder.AddApiDescription();
var policy = builder.AddPolicy();
builder.AddDocuments(policy.Departments);
builder.AddAccess();
builder.AddChanges();
builder.AddEvaluation();

var app = builder.Build();
app.MapAccess();
app.MapDocuments();
app.MapChanges();
app.MapEvaluation();
app.MapApiDescription();
app.MapDefaultEndpoints();
await app.RunAsync();
