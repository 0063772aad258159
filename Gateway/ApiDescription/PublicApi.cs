using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using TraceDemo.Contracts.Access;
using TraceDemo.Gateway.Routing;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;
using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Gateway.ApiDescription;

/// <summary>
/// The public API: the parts of the services' own descriptions that the gateway's routes expose, at the addresses that clients use, and
/// the endpoints of the gateway itself.
/// </summary>
internal sealed class PublicApi
{
    private static readonly ILookup<string, string> GatewayRefusals = AccessDescription.OfProxies.Prepend(ReasonCode.RateLimited)
        .Append(ReasonCode.AuditUnavailable)
        .ToLookup(reason => reason.Status.ToString(CultureInfo.InvariantCulture), reason => $"`{reason.Value}`");

    private readonly JsonObject _document;
    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];

    private PublicApi(JsonObject own) => _document = own;

    /// <param name="own">The description of the gateway's own endpoints; modified and returned.</param>
    /// <param name="routes">The gateway's routes.</param>
    /// <param name="services">The description of each service, by cluster.</param>
    public static JsonObject Of(JsonObject own, IEnumerable<RouteConfig> routes, IReadOnlyDictionary<string, JsonObject> services)
    {
        var api = new PublicApi(own);
        api.Take(own);
        foreach (var service in services.Values)
        {
            api.TakeSchemas(service);
        }
        foreach (var route in routes)
        {
            api.Take(route, services[route.Service()]);
        }

        return api.Finish(
            services.Values.Select(service => service["components"]?["securitySchemes"]).FirstOrDefault(schemes => schemes is not null));
    }

    /// <summary>A route's path at the service behind it.</summary>
    public static string ServicePath(RouteConfig route)
    {
        var path = PlainPath(route);
        foreach (var transform in route.Transforms ?? [])
        {
            if (transform.TryGetValue("PathSet", out var fixedPath))
            {
                path = fixedPath;
            }
            if (transform.TryGetValue("PathRemovePrefix", out var prefix) && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                path = path[prefix.Length..];
            }
        }

        return path;
    }

    private static string PlainPath(RouteConfig route) =>
        "/" + string.Join('/', RoutePatternFactory.Parse(route.Match.Path!).PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => throw new InvalidOperationException($"Route '{route.RouteId}' has a path that OpenAPI cannot express."),
        }))));

    private void Take(JsonObject own)
    {
        TakeSchemas(own);
        foreach (var (path, item) in own["paths"]?.AsObject() ?? [])
        {
            _paths[path] = item?.DeepClone();
        }
    }

    private void Take(RouteConfig route, JsonObject service)
    {
        var described = service["paths"]?[ServicePath(route)]?.AsObject()
            ?? throw new InvalidOperationException(
                $"{route.ClusterId} does not describe {ServicePath(route)}, to which route '{route.RouteId}' leads.");
        var path = PlainPath(route);
        var item = (JsonObject)(_paths[path] ??= new JsonObject());
        foreach (var method in route.Match.Methods ?? [])
        {
            var operation = described[method.ToLowerInvariant()]
                ?? throw new InvalidOperationException(
                    $"{route.ClusterId} does not describe {method} {ServicePath(route)}, to which route '{route.RouteId}' leads.");
            item[method.ToLowerInvariant()] = PublicOperation(operation.DeepClone().AsObject(), route.Service());
        }
    }

    /// <summary>The gateway adds its own reasons to those of the service.</summary>
    private static JsonObject PublicOperation(JsonObject operation, string service)
    {
        operation["tags"] = new JsonArray(service);
        var responses = (JsonObject)(operation["responses"] ??= new JsonObject());
        foreach (var words in GatewayRefusals)
        {
            responses[words.Key] ??= new JsonObject
            {
                ["description"] = string.Join(", ", words),
                ["content"] = new JsonObject
                {
                    [Problem.MediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
                },
            };
        }

        return operation;
    }

    /// <summary>Schemas with the same name must be equal, or the description of one service would be replaced by another's.</summary>
    private void TakeSchemas(JsonObject service)
    {
        foreach (var (name, schema) in service["components"]?["schemas"]?.AsObject() ?? [])
        {
            if (_schemas[name] is { } there && !JsonNode.DeepEquals(there, schema))
            {
                throw new InvalidOperationException($"Two services describe different schemas under the name '{name}'.");
            }

            _schemas[name] ??= schema?.DeepClone();
        }
    }

    /// <summary>The schemas that the public paths reference: those of internal endpoints are omitted.</summary>
    private JsonObject Reachable()
    {
        var found = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var pending = new Queue<JsonNode>([_paths]);
        while (pending.TryDequeue(out var node))
        {
            foreach (var name in References(node))
            {
                if (_schemas[name] is { } schema && found.TryAdd(name, schema))
                {
                    pending.Enqueue(schema);
                }
            }
        }

        return new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.DeepClone())));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(
            member => member is { Key: "$ref", Value: JsonValue value } && value.TryGetValue<string>(out var reference)
            ? [reference[(reference.LastIndexOf('/') + 1)..]]
            : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    /// <param name="schemes">The tokens that the operations require: the services describe the same.</param>
    private JsonObject Finish(JsonNode? schemes)
    {
        _document.Remove("tags");
        _document["info"] = new JsonObject { ["title"] = "TraceDemo", ["version"] = "v1" };
        _document["paths"] = new JsonObject(_paths.OrderBy(path => path.Key, StringComparer.Ordinal)
            .Select(path => KeyValuePair.Create(path.Key, path.Value?.DeepClone())));
        var components = (JsonObject)(_document["components"] ??= new JsonObject());
        components["schemas"] = Reachable();
        if (schemes is not null)
        {
            components["securitySchemes"] ??= schemes.DeepClone();
        }

        return _document;
    }
}
