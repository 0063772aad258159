using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Adds to each operation its bearer token requirement and its possible problems with their reasons.</summary>
internal sealed class SecuredOperations(KnownReasons known) : IOpenApiOperationTransformer
{
    private const string Bearer = "bearer";

    private static readonly ReasonCode[] OfTokens =
        [ReasonCode.TokenMissing, ReasonCode.TokenInvalid, ReasonCode.TokenExpired, ReasonCode.TokenRevoked, ReasonCode.IssuerInvalid,
            ReasonCode.AudienceInvalid];

    internal static readonly ReasonCode[] OfBodies = [
        ReasonCode.RequestInvalid, ReasonCode.RequestTooLarge, ReasonCode.UnsupportedMediaType];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var reasons = metadata.OfType<RefusalReasons>().SelectMany(refusals => refusals.Reasons).ToList();
        if (operation.RequestBody is not null)
        {
            reasons.AddRange(OfBodies);
        }
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            reasons.AddRange(OfTokens);
            reasons.AddRange(metadata.OfType<CallerRules>().SelectMany(rules => rules.Any).SelectMany(OfRule));
            AddBearer(operation, document);
        }

        operation.Responses ??= [];
        foreach (var ofStatus in reasons.Distinct().GroupBy(reason => reason.Status).OrderBy(group => group.Key))
        {
            AddProblem(operation.Responses, ofStatus, document);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<ReasonCode> OfRule(CallerRule rule)
    {
        if (rule.Clients.Count > 0)
        {
            yield return ReasonCode.CallerNotAccepted;
        }
        if (rule.Person)
        {
            yield return ReasonCode.DelegationRequired;
        }
        if (rule.Scope is not null)
        {
            yield return ReasonCode.InsufficientScope;
        }
        if (rule.Group is not null)
        {
            yield return ReasonCode.AdminRequired;
        }
    }

    /// <summary>Keeps the endpoint's own declaration for this status and adds the reasons to its description.</summary>
    private void AddProblem(OpenApiResponses responses, IGrouping<int, ReasonCode> reasons, OpenApiDocument document)
    {
        var status = reasons.Key.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var words = string.Join(", ", reasons.Select(reason => $"`{reason.Value}`"));
        if (responses.TryGetValue(status, out var declared))
        {
            declared.Description = $"{declared.Description}: {words}";
            return;
        }

        responses[status] = new OpenApiResponse
        {
            Description = words,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.MediaType] = new OpenApiMediaType { Schema = ProblemSchema.ReferenceIn(document, known) },
            },
        };
    }

    private static void AddBearer(OpenApiOperation operation, OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes.TryAdd(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "An access token (RFC 9068) whose only audience is this service.",
        });
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }
}
