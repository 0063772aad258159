using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using TraceDemo.Dashboard.Traces;
using TraceDemo.Dashboard.TryIt;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.Pages;

public sealed partial class TryItPage
{
    private static readonly string[] Actions = ["read", "summarize", "review"];
    private static readonly string[] ReviewTypes = ["general", "compliance", "security"];

    private Offer _offer = Offer.Nothing;
    private AccessResultView? _listProblem;
    private AccessResultView? _outcome;
    private string? _error;
    private TraceId? _traceId;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "try")] private AccessForm? Form { get; set; }

    private Viewer Viewer => People.Viewer(Http.User);

    private CancellationToken Aborted => Http.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _offer = await Choices.ForAsync(Viewer, await TokenAsync(), HttpMethods.IsGet(Http.Request.Method), Aborted);
        }
        catch (GatewayRefusedException refused)
        {
            _listProblem = AccessResultView.Of(refused.Response);
        }
    }

    /// <summary>The person's earlier choice, if it was offered for this agent.</summary>
    private string? ChosenDocument => Form is { IsRun: true } ? Form.Document : null;

    private async Task RunAsync()
    {
        if (Form is { IsRun: false })
        {
            return;
        }
        _error = Form is null ? "Choose a document." : Form.Error;
        if (_error is not null)
        {
            return;
        }
        var response = await Gateway.AccessAsync(Form!, await TokenAsync(), Aborted);
        _outcome = AccessResultView.Of(response);
        // Its spans arrive seconds later; the page of the trace shows its earlier content, and each person has one such page at a time.
        if (TraceId.TryParse(_outcome.TraceId, null, out var id))
        {
            _traceId = id;
        }
    }

    private async Task<AccessToken> TokenAsync() => new(await Http.GetTokenAsync("access_token") ?? "");
}
