using Microsoft.OpenApi;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>The schema of every error: problem details (RFC 9457) with our reason and the trace.</summary>
internal static class ProblemSchema
{
    private const string Id = "Problem";

    public static OpenApiSchemaReference ReferenceIn(OpenApiDocument document, KnownReasons reasons)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas.TryAdd(Id, Make(reasons));
        return new OpenApiSchemaReference(Id, document);
    }

    private static OpenApiSchema Make(KnownReasons reasons) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457). `reason` identifies the error, `detail` describes the remedy.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "reason" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
            ["title"] = Text(),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text(),
            ["reason"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. reasons.All.Select(reason => reason.Value)] },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{32}$" },
            ["members"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Text(),
                Description = "With `request_invalid`: the invalid or missing members.",
            },
        },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
