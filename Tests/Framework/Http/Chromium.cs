using Microsoft.Playwright;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>A real browser. Its pages keep what their console says, and their pictures land under artifacts/screenshots.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = [
        Environment.GetEnvironmentVariable("CHROMIUM") ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Errors of scripts and of the content security policy, of all pages.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var path = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null,
            "Install the package chromium, or set the environment variable CHROMIUM to the path of the program, to run this test.");
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright,
            await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments, Timeout = 120_000 }));
    }

    public async Task<IPage> OpenAsync(Uri address, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions { JavaScriptEnabled = scripts, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public static async Task SignInAsync(IPage page, string person)
    {
        await page.FillAsync("#username", person);
        await page.FillAsync("#password", person);
        await page.ClickAsync("#kc-login");
        await page.WaitForSelectorAsync("#agent");
    }

    /// <summary>Pictures of the page in light, dark and on a small screen, none of which may scroll sideways.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        foreach (var (look, scheme, width)
            in new[] { ("light", ColorScheme.Light, 1280), ("dark", ColorScheme.Dark, 1280), ("small", ColorScheme.Light, 360) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.ScreenshotAsync(
                new PageScreenshotOptions
                {
                    Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}-{look}.png"),
                    FullPage = true,
                });
            Assert.Equal(width, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
        }

        await page.SetViewportSizeAsync(1280, 900);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
