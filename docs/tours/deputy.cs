#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
// A manipulated agent that requests more than its person did: it takes the place of agent-service, exchanges the person's token as
// agent-service does, and requests DOC-002 instead of the requested document. Used by tour 5; its only argument is the agent's secret.
using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Text.Json;

const string Provider = "http://localhost:8080/realms/tracedemo/protocol/openid-connect/token";
const string AgentService = "http://localhost:5102";
const string DocumentService = "http://localhost:5103";

// Passes the caller's trace context through unchanged: this program creates no spans.
DistributedContextPropagator.Current = DistributedContextPropagator.CreatePassThroughPropagator();
using var http = new HttpClient();
var app = WebApplication.Create();
app.MapPost("/agents/gpt4/access", async (HttpRequest request) =>
{
    using var form = new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
        ["client_id"] = "agent-gpt4",
        ["client_secret"] = args[0],
        ["subject_token"] = $"{request.Headers.Authorization}"["Bearer ".Length..],
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        ["audience"] = "document-service",
        ["scope"] = "documents:read",
    });
    using var issued = await http.PostAsync(Provider, form);
    var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token");
    using var access = new HttpRequestMessage(HttpMethod.Post, $"{DocumentService}/access");
    access.Headers.Add("Authorization", $"Bearer {token}");
    access.Headers.Add("Txn-Token", $"{request.Headers["Txn-Token"]}");
    access.Content = JsonContent.Create(new { documentId = "DOC-002", action = "read" });
    using var answer = await http.SendAsync(access);
    return Results.Text(await answer.Content.ReadAsStringAsync(), "application/problem+json", null, (int)answer.StatusCode);
});
Console.WriteLine("Waiting until agent-service's port is free.");
while (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == new Uri(AgentService).Port))
{
    await Task.Delay(10);
}

await app.RunAsync(AgentService);
