using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes types whose JSON is written by a converter, which the framework cannot inspect.</summary>
internal sealed class VocabularySchemas(KnownReasons reasons) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            SetWords(schema, Enum.GetValues(type).Cast<object>()
                .Select(value => JsonSerializer.SerializeToNode(value, type, context.JsonTypeInfo.Options)!));
        }
        else if (type == typeof(ReasonCode))
        {
            SetWords(schema, reasons.All.Select(reason => (JsonNode)reason.Value));
        }

        return Task.CompletedTask;
    }

    private static void SetWords(OpenApiSchema schema, IEnumerable<JsonNode> words)
    {
        schema.Describe(description: null);
        schema.Enum = [.. words];
    }
}
