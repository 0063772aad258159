using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace TraceDemo.DevIdentity.Login;

/// <summary>A page without scripts that cannot be framed. <c>Body</c> is HTML: the caller encodes external text.</summary>
internal sealed record HtmlPage(int Status, string Title, string Body) : IResult
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;background:#f3f4f6;color:#111827;display:grid;place-items:center;min-height:100vh;margin:0}
        main{background:#fff;border-radius:12px;box-shadow:0 4px 24px #0002;padding:2rem;width:min(22rem,90vw)}
        h1{font-size:1.25rem;margin:0 0 1rem}label{display:block;margin:.75rem 0 .25rem;font-weight:600}
        input{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:1px solid #6b7280;border-radius:6px}
        button,input[type=submit]{font:inherit;font-weight:600;width:100%;margin-top:1rem;padding:.6rem;
          border:0;border-radius:6px;background:#1d4ed8;color:#fff;cursor:pointer}
        h2{font-size:1rem;margin:1.5rem 0 .25rem}section p,ul{margin:0}ul{padding-left:1.25rem}
        button.secondary{background:#e5e7eb;color:#111827}.error{color:#b91c1c}footer{margin-top:1.5rem;font-size:.8rem;color:#4b5563}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri "
        + "'none'; frame-ancestors 'none'";

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(Title)}</title>
            <style>{Style}</style></head>
            <body><main>{Body}<footer>Development identity provider. Never for production.</footer></main></body>
            </html>
            """,
            httpContext.RequestAborted);
    }
}
