using System.Net;
using System.Text.RegularExpressions;
using TraceDemo.Tests.EndToEnd;

namespace TraceDemo.Tests.Tours;

/// <summary>The pages of docs/tours, played on the running system: each answer and each trace is as the page shows it.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed partial class TourTests(RunningSystem system)
{
    private const string Missing = "Runs on Linux with bash and curl. Install the package curl.";

    public static TheoryData<string> Pages => [.. Tours.Select(file => file.Path)];

    private static IEnumerable<SourceFile> Tours => SourceFiles.Markdown.Where(file => Name().IsMatch(file.Path));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Tour_pages_show_the_actual_output_of_their_commands(string path)
    {
        Assert.SkipUnless(TourShell.IsThere, Missing);
        Assert.SkipWhen(system.Host.IsKeycloak,
            "The tours show DevIdentity: unset the environment variable TRACEDEMO_PROVIDER to run this test.");
        var tour = TourPage.Read(SourceFiles.Named(path));
        using var shell = new TourShell(system.Host);
        try
        {
            var printed = await shell.RunAsync(tour.Commands);

            var answers = HttpText.ReadAll(printed);
            Assert.True(answers.Count == tour.Answers.Count, $"{tour.Answers.Count} answers are shown, and it is:\n{printed}");
            Findings.None(tour.Answers.Zip(answers).Index().SelectMany(pair => pair.Item.First.MissingFrom(pair.Item.Second)
                .Select(missing => $"{path}: answer {pair.Index + 1}: {missing}")));
            foreach (var trace in tour.Traces)
            {
                await AssertTraceAsync(trace, answers[trace.Answer].Headers["Trace-Id"]);
            }
        }
        finally
        {
            await system.UntilGrantedAsync(await system.SignInAsync("alice"));
        }
    }

    [Fact]
    public async Task The_trace_of_a_stolen_token_is_not_visible_to_its_owner()
    {
        var stolen = await system.SignInAsync("alice");
        var answer = await system.AskAsync(HttpMethod.Get, new Uri(system.UserService, "/users/me"), stolen);
        answer.IsRefused(401, "audience_invalid");
        await FindAsync("bob", answer.TraceId, spans => spans.Count > 0);

        using var alice = new Visitor(system.Dashboard);
        await alice.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.NotFound, (await alice.GetAsync($"/traces/{answer.TraceId}")).Status);
    }

    [Fact]
    public void Every_tour_has_a_listed_page_of_at_most_80_lines_with_commands_responses_and_a_trace()
    {
        var list = SourceFiles.Named("docs/tours/README.md").Text;
        Assert.Equal(6, Tours.Count());
        Assert.All(Tours, file =>
        {
            var tour = TourPage.Read(file);
            Assert.InRange(file.Lines.Count, 1, 80);
            Assert.NotEmpty(tour.Commands);
            Assert.NotEmpty(tour.Answers);
            Assert.All(tour.Traces, trace => Assert.InRange(trace.Answer, 0, tour.Answers.Count - 1));
            Assert.Contains(tour.Traces, trace => trace.Heading is not null);
            Assert.Contains($"({Path.GetFileName(file.Path)})", list, StringComparison.Ordinal);
        });
    }

    private async Task AssertTraceAsync(TraceDrawing drawing, string trace)
    {
        var spans = await FindAsync(drawing.Viewer, trace, drawing.IsDrawingOf);
        Assert.True(drawing.IsDrawingOf(spans), $"{trace} is not as drawn:\n{string.Join('\n', spans)}");
        if (drawing.Heading is not null)
        {
            using var visitor = new Visitor(system.Dashboard);
            await visitor.SignInAsync(drawing.Viewer);
            var page = await visitor.GetAsync($"/traces/{trace}");
            var heading = Markup().Replace(Heading().Match(page.Html).Groups["heading"].Value, "");
            Assert.Equal(drawing.Heading, WebUtility.HtmlDecode(heading).Trim());
        }
    }

    /// <summary>What the person may see of a trace, as soon as it is complete; every attempt is a real request.</summary>
    private async Task<IReadOnlyList<TourSpan>> FindAsync(string person, string trace, Func<IReadOnlyList<TourSpan>, bool> isComplete)
    {
        using var visitor = new Visitor(system.Dashboard);
        await visitor.SignInAsync(person);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var page = await visitor.GetAsync($"/traces/{trace}/raw");
            var spans = page.Status is HttpStatusCode.OK ? TourSpan.ReadAll(page.Html) : [];
            if (isComplete(spans) || limit.IsCancellationRequested)
            {
                return spans;
            }
        }
    }

    [GeneratedRegex(@"^docs/tours/\d-[a-z-]+\.md$")]
    private static partial Regex Name();

    [GeneratedRegex("<h1[^>]*>(?<heading>.*?)</h1>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Markup();
}
