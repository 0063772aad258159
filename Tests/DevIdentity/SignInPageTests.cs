using System.Text.Json.Nodes;

namespace TraceDemo.Tests.DevIdentity;

public sealed class SignInPageTests
{
    [Fact]
    public async Task The_sign_in_page_lists_the_demo_people_with_their_departments_in_a_labelled_list()
    {
        var page = await PageAsync(new DevIdentitySettings());

        Assert.Contains("""<section aria-labelledby="demo-people">""", page, StringComparison.Ordinal);
        Assert.Contains("""<h2 id="demo-people">Demo people</h2>""", page, StringComparison.Ordinal);
        Assert.Contains("Each password equals the user name.", page, StringComparison.Ordinal);
        Assert.Contains(
            "<ul><li><code>alice</code>: engineering, finance</li><li><code>bob</code>: finance, admin</li><li><code>carol</code>: "
            + "hr</li><li><code>david</code>: engineering</li></ul>",
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_with_a_password_of_their_own_or_without_access_is_not_listed()
    {
        var page = await PageAsync(new DevIdentitySettings
        {
            Realm = realm =>
            {
                Person(realm, "alice")["credentials"]![0]!["value"] = "a-real-password";
                Person(realm, "bob")["enabled"] = false;
                Person(realm, "carol")["username"] = "kim";
            },
        });

        Assert.Contains("<ul><li><code>david</code>: engineering</li></ul>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a-real-password", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_demo_people_the_page_has_no_empty_list()
    {
        var page = await PageAsync(new DevIdentitySettings { Realm = realm => realm["users"] = new JsonArray() });

        Assert.Contains("kc-form-login", page, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-people", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_from_the_realm_is_shown_as_text()
    {
        const string name = "<b>x</b>";
        var page = await PageAsync(new DevIdentitySettings
        {
            Realm = realm =>
            {
                Person(realm, "alice")["credentials"]![0]!["value"] = name;
                Person(realm, "alice")["username"] = name;
            },
        });

        Assert.Contains("<code>&lt;b&gt;x&lt;/b&gt;</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(name, page, StringComparison.Ordinal);
    }

    private static JsonNode Person(JsonObject realm, string name) =>
        realm["users"]!.AsArray().Single(user => (string)user!["username"]! == name)!;

    private static async Task<string> PageAsync(DevIdentitySettings settings)
    {
        await using var host = await DevIdentityHost.StartAsync(settings);
        using var browser = new Browser(host.Authority);
        return (await browser.GetAsync(browser.AuthorizationUrl())).Text;
    }
}
