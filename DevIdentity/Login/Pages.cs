using TraceDemo.DevIdentity.Realms;
using static TraceDemo.DevIdentity.Login.HtmlPage;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The pages, with the form, field and button ids of Keycloak's, so that browser tests work with both.</summary>
internal sealed class Pages(Realm realm)
{
    /// <summary>Public information: the realm file contains it too.</summary>
    private string DemoPeople { get; } =
        Listed(
            [.. realm.Users.Values.Where(user => user.Enabled && user.HasNameAsPassword)
                .OrderBy(user => user.Username, StringComparer.Ordinal)]);

    private string SignIn => $"Sign in to {realm.DisplayName}";

    public HtmlPage Login(string action, string? username, bool failed) => new(200, SignIn,
        $"""
        <h1 id="kc-page-title">{Encode(SignIn)}</h1>
        <form id="kc-form-login" action="{Encode(action)}" method="post">
        <label for="username">Username or email</label>
        <input id="username" name="username" value="{Encode(username)}" type="text" autocomplete="username"
          required autofocus aria-invalid="{Invalid(failed)}">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" aria-invalid="">
        {(failed ? """<p class="error" id="input-error" role="alert">Invalid username or password.</p>""" : "")}
        <button name="login" id="kc-login" type="submit">Sign in</button>
        </form>
        {DemoPeople}
        """);

    public HtmlPage Consent(string action, string code, string client) => new(200, SignIn,
        $"""
        <h1 id="kc-page-title">Grant access to {Encode(client)}</h1>
        <p>A device asks to sign in as you. Go on only if you started this and its code is the one you see there.</p>
        <form action="{Encode(action)}" method="post">
        <input type="hidden" name="code" value="{Encode(code)}">
        <button name="accept" id="kc-login" type="submit" value="Yes">Yes</button>
        <button name="cancel" id="kc-cancel" type="submit" value="No" class="secondary">No</button>
        </form>
        """);

    public HtmlPage DeviceCode(string action, bool failed) => new(200, SignIn,
        $"""
        <h1 id="kc-page-title">Device login</h1>
        <form id="kc-user-verify-device-user-code-form" action="{Encode(action)}" method="post">
        <label for="device_user_code">Enter the code that your device shows</label>
        <input id="device_user_code" name="device_user_code" type="text" autocomplete="off"
          required autofocus aria-invalid="{Invalid(failed)}">
        {(failed ? """<p class="error" id="input-error" role="alert">Invalid code, please try again.</p>""" : "")}
        <button type="submit">Submit</button>
        </form>
        """);

    public static HtmlPage ConfirmLogout(string action, string code) => new(200, "Logging out",
        $"""
        <h1 id="kc-page-title">Logging out</h1>
        <p class="instruction">Do you want to log out?</p>
        <form class="form-actions" action="{Encode(action)}" method="post">
        <input type="hidden" name="session_code" value="{Encode(code)}">
        <input name="confirmLogout" id="kc-logout" type="submit" value="Logout">
        </form>
        """);

    public HtmlPage Message(string heading, string text) => new(200, SignIn, Text(heading, text));

    public HtmlPage Error(string text) => new(400, SignIn, Text("We are sorry...", text));

    private static string Text(string heading, string text) =>
        $"""<h1 id="kc-page-title">{Encode(heading)}</h1><div id="kc-error-message"><p class="instruction">{Encode(text)}</p></div>""";

    private static string Listed(IReadOnlyList<RealmUser> people) => people.Count == 0 ? "" :
        $"""
        <section aria-labelledby="demo-people">
        <h2 id="demo-people">Demo people</h2>
        <p>Each password equals the user name.</p>
        <ul>{string.Concat(people.Select(person => $"<li><code>{Encode(person.Username)}</code>: "
            + $"{Encode(string.Join(", ", person.Groups.Select(group => group.TrimStart('/'))))}</li>"))}</ul>
        </section>
        """;

    private static string Invalid(bool failed) => failed ? "true" : "";
}
