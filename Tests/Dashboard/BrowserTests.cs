using Microsoft.Playwright;
using TraceDemo.Tests.EndToEnd;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What a newcomer does, in a real browser against the whole system.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class BrowserTests(RunningSystem system)
{
    [Fact]
    public async Task A_new_user_sees_gpt4_allowed_and_summarizer_refused_with_its_trace()
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(system.Dashboard);
        await Chromium.SignInAsync(page, "alice");

        await RunAsync(page, "gpt4", "DOC-005");
        await ExpectAsync(page, AriaRole.Heading, "✓ Allowed");

        await RunAsync(page, "summarizer", "DOC-001");
        await ExpectAsync(page, AriaRole.Heading, "✕ Denied");
        await page.Locator(".missing", new PageLocatorOptions { HasText = "engineering" }).WaitForAsync();

        // The trace grows on the page itself until the decision is in it.
        await page.Locator(".span-name", new PageLocatorOptions { HasText = "policy_evaluation" }).WaitForAsync();
        await Chromium.PictureAsync(page, "try-it");

        await page.ClickAsync("h2 a.id");
        await page.Locator("summary", new PageLocatorOptions { HasText = "permission_intersection" }).ClickAsync();
        await page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "missing.departments [\"engineering\"]" }).WaitForAsync();
        await Chromium.PictureAsync(page, "trace");

        await page.GotoAsync(new Uri(system.Dashboard, "/traces?outcome=denied").AbsoluteUri);
        await page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "summarizer DOC-001" }).First.WaitForAsync();
        await Chromium.PictureAsync(page, "traces");
        Assert.Empty(chromium.Complaints);
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(system.Dashboard, scripts: false);
        await Chromium.SignInAsync(page, "david");
        await RunAsync(page, "claude", "DOC-001");
        await ExpectAsync(page, AriaRole.Heading, "✓ Allowed");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await ExpectAsync(page, AriaRole.Heading, "Signed out");
        await page.GotoAsync(system.Dashboard.AbsoluteUri);
        Assert.True(await page.Locator("#kc-form-login").IsVisibleAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Choosing_an_agent_offers_the_documents_it_may_read(bool scripts)
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(system.Dashboard, scripts);
        await Chromium.SignInAsync(page, "alice");
        var readable = await page.Locator("li", new PageLocatorOptions { HasText = "summarizer:" }).InnerTextAsync();
        Assert.DoesNotContain(await FirstAsync(page), readable, StringComparison.Ordinal);

        await page.GetByLabel("Agent").SelectOptionAsync("summarizer");
        if (!scripts)
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show what it may read first" }).ClickAsync();
        }

        Assert.Contains(await FirstAsync(page), readable, StringComparison.Ordinal);
        Assert.Equal(await FirstAsync(page), await page.GetByLabel("Document").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run" }).ClickAsync();
        await ExpectAsync(page, AriaRole.Heading, "✓ Allowed");
    }

    [Fact]
    public async Task A_chosen_document_stays_selected_when_another_agent_is_chosen()
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(system.Dashboard);
        await Chromium.SignInAsync(page, "alice");

        await page.GetByLabel("Document").SelectOptionAsync("DOC-005");
        foreach (var agent in new[] { "summarizer", "gpt4", "" })
        {
            await page.GetByLabel("Agent").SelectOptionAsync(agent);
            Assert.Equal("DOC-005", await page.GetByLabel("Document").InputValueAsync());
        }

        Assert.Empty(chromium.Complaints);
    }

    private static async Task<string> FirstAsync(IPage page) => (await page.Locator("#document option").First.GetAttributeAsync("value"))!;

    private static async Task RunAsync(IPage page, string agent, string document)
    {
        await page.GetByLabel("Agent").SelectOptionAsync(agent);
        await page.GetByLabel("Document").SelectOptionAsync(document);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run" }).ClickAsync();
    }

    private static Task ExpectAsync(IPage page, AriaRole role, string name) =>
        page.GetByRole(role, new PageGetByRoleOptions { Name = name }).WaitForAsync();
}
