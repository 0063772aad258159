using System.Text.Json.Nodes;
using TraceDemo.Gateway.ApiDescription;
using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Tests.ApiDescription;

/// <summary>How the services' descriptions become the public one.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("/api/agents/{id}", "PathRemovePrefix", "/api", "/agents/{id}")]
    [InlineData("/api/agents/{id:regex(^[a-z]+$)}", "PathRemovePrefix", "/api", "/agents/{id}")]
    [InlineData("/api/access-direct", "PathSet", "/access", "/access")]
    [InlineData("/agents", "PathRemovePrefix", "/api", "/agents")]
    public void A_route_is_described_by_its_destination_path(string path, string transform, string value, string expected) =>
        Assert.Equal(expected, PublicApi.ServicePath(Route(path, "GET", (transform, value))));

    [Fact]
    public void Only_the_methods_of_a_route_are_public()
    {
        var api = Merge([Route("/api/things", "GET", ("PathRemovePrefix", "/api"))], Service("/things", "get", "delete"));

        Assert.Equal(["get"], Members(api["paths"]!["/api/things"]!));
        Assert.Equal(["/api/things"], Members(api["paths"]!));
    }

    [Fact]
    public void A_path_without_a_route_is_not_public_and_neither_are_its_schemas()
    {
        var service = Service("/things", "get");
        service["paths"]!["/secret"] = new JsonObject { ["post"] = Operation("Secret") };
        service["components"]!["schemas"]!["Secret"] = new JsonObject { ["type"] = "object" };

        var api = Merge([Route("/api/things", "GET", ("PathRemovePrefix", "/api"))], service);

        Assert.DoesNotContain("ecret", api.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["Inner", "Thing"], Members(api["components"]!["schemas"]!));
    }

    [Fact]
    public void The_gateways_own_endpoints_are_public()
    {
        var own = Service("/api/own", "post");

        var api = PublicApi.Of(own, [Route("/api/things", "GET", ("PathRemovePrefix", "/api"))], Of(Service("/things", "get")));

        Assert.Equal(["/api/own", "/api/things"], Members(api["paths"]!));
    }

    [Fact]
    public void Each_operation_lists_the_refusals_of_the_gateway_itself()
    {
        var api = Merge([Route("/api/things", "GET", ("PathRemovePrefix", "/api"))], Service("/things", "get"));

        Assert.Equal(["200", "429", "502", "503", "504"], Members(api["paths"]!["/api/things"]!["get"]!["responses"]!).Order());
    }

    [Fact]
    public void The_security_scheme_is_the_one_that_the_services_describe()
    {
        var service = Service("/things", "get");
        service["components"]!["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http" } };

        var api = Merge([Route("/api/things", "GET", ("PathRemovePrefix", "/api"))], service);

        Assert.Equal("http", (string?)api["components"]!["securitySchemes"]!["bearer"]!["type"]);
    }

    [Theory]
    [InlineData("/things", "POST")]
    [InlineData("/others", "GET")]
    public void A_route_that_its_service_does_not_describe_is_a_fault(string path, string method)
    {
        var fault = Assert.Throws<InvalidOperationException>(
            () => Merge([Route("/api" + path, method, ("PathRemovePrefix", "/api"))], Service("/things", "get")));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_schemas_with_the_same_name_must_be_equal()
    {
        var (one, other) = (Service("/things", "get"), Service("/others", "get"));
        other["components"]!["schemas"]!["Thing"]!["type"] = "string";
        RouteConfig[] routes = [Route("/api/things", "GET", ("PathRemovePrefix", "/api")),
            Route("/api/others", "GET", ("PathRemovePrefix", "/api")) with { ClusterId = "other" }];

        Assert.Throws<InvalidOperationException>(
            () => PublicApi.Of([], routes, new Dictionary<string, JsonObject> { ["service"] = one, ["other"] = other }));
    }

    private static JsonObject Merge(RouteConfig[] routes, JsonObject service) => PublicApi.Of([], routes, Of(service));

    private static Dictionary<string, JsonObject> Of(JsonObject service) => new() { ["service"] = service };

    private static RouteConfig Route(string path, string method, (string Name, string Value) transform) => new()
    {
        RouteId = "route",
        ClusterId = "service",
        Match = new RouteMatch { Path = path, Methods = [method] },
        Transforms = [new Dictionary<string, string> { [transform.Name] = transform.Value }],
    };

    /// <summary>A description with one path, whose answers are things that hold something else.</summary>
    private static JsonObject Service(string path, params string[] methods) => new()
    {
        ["paths"] = new JsonObject
        {
            [path] = new JsonObject(methods.Select(method => KeyValuePair.Create(method, (JsonNode?)Operation("Thing")))),
        },
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject
            {
                ["Thing"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/components/schemas/Inner" } },
                ["Inner"] = new JsonObject { ["type"] = "string" },
            },
        },
    };

    private static JsonObject Operation(string schema) => new()
    {
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema } },
                },
            },
        },
    };

    private static string[] Members(JsonNode node) => [.. node.AsObject().Select(member => member.Key)];
}
