namespace TraceDemo.ServiceDefaults.Telemetry;

#pragma warning disable CS1591 // docs/telemetry.md gives each name's meaning, unit and owner; a test compares that table with this file.

/// <summary>
/// Every span, event, attribute and metric name of this system, once. One nested class per span (or kind of span) contains its attributes.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Name of the system's own
    /// <see cref="System.Diagnostics.ActivitySource"/> and <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Scope = "TraceDemo";

    /// <summary>One validation of a bearer token, by whichever service received it.</summary>
    public static class JwtValidation
    {
        public const string Span = "jwt_validation";
        public const string Issuer = "jwt.issuer";
        public const string Audience = "jwt.audience";
        public const string Azp = "jwt.azp";
        public const string Groups = "jwt.groups";
        public const string TokenScope = "jwt.scope";
        public const string Exp = "jwt.exp";
        public const string Cached = "jwt.cached";
        public const string Result = "jwt.result";
    }

    /// <summary>One token exchange (RFC 8693) by the sender of the next call, cached ones included.</summary>
    public static class TokenExchange
    {
        public const string Span = "token_exchange";
        public const string GrantType = "exchange.grant_type";
        public const string Requester = "exchange.requester";
        public const string Cache = "exchange.cache";
        public const string Subject = "token.subject";
        public const string AudienceBefore = "token.aud.before";
        public const string AudienceAfter = "token.aud.after";
        public const string AzpBefore = "token.azp.before";
        public const string AzpAfter = "token.azp.after";
        public const string ScopeBefore = "token.scope.before";
        public const string ScopeAfter = "token.scope.after";
        public const string LifetimeBefore = "token.lifetime.before";
        public const string LifetimeAfter = "token.lifetime.after";
        public const string IdBefore = "token.id.before";
        public const string IdAfter = "token.id.after";
        public const string Act = "token.act";
        public const string OAuthError = "oauth.error";
        public const string OAuthErrorDescription = "oauth.error_description";
    }

    /// <summary>A transaction token (draft-ietf-oauth-transaction-tokens), issued or checked.</summary>
    public static class TransactionToken
    {
        public const string Span = "transaction_token";
        public const string Id = "txn.id";
        public const string Result = "txn.result";
        internal const string ContextPrefix = "txn.";
    }

    /// <summary>Server spans: OpenTelemetry's stable HTTP names, and the person of the request.</summary>
    public static class Server
    {
        public const string Method = "http.request.method";
        public const string MethodOriginal = "http.request.method_original";
        public const string StatusCode = "http.response.status_code";
        public const string Route = "http.route";
        public const string ErrorType = "error.type";
        public const string UrlPath = "url.path";
        public const string UrlScheme = "url.scheme";
        public const string ServerAddress = "server.address";
        public const string ServerPort = "server.port";
        public const string ClientAddress = "client.address";
        public const string ProtocolVersion = "network.protocol.version";
        public const string UserAgent = "user_agent.original";
        public const string EnduserPseudoId = "enduser.pseudo.id";
        public const string UserSubject = "app.user.subject";
    }

    /// <summary>Client spans are the framework's; these are the names that we read.</summary>
    public static class Client
    {
        public const string UrlFull = "url.full";
    }

    /// <summary>The gateway's processing of a proxied request.</summary>
    public static class Proxy
    {
        public const string Span = "proxy.forwarder";
        public const string RouteId = "proxy.route_id";
        public const string ClusterId = "proxy.cluster_id";
    }

    /// <summary>An unhandled exception: an event of the server span, attributes of the log record.</summary>
    public static class Fault
    {
        public const string Event = "exception";
        public const string Type = "exception.type";
        public const string Message = "exception.message";
        public const string Stacktrace = "exception.stacktrace";
    }

    /// <summary>A background check that found a change, or failed. A check without news records no span.</summary>
    public static class Refresh
    {
        public const string KeySetSpan = "key_set_refresh";
        public const string ServiceTokenSpan = "service_token_refresh";
        public const string Result = "refresh.result";
    }

    /// <summary>Metrics of the meter <see cref="Scope"/>, and their labels. No label identifies a person.</summary>
    public static class Metrics
    {
        public const string TokenExchanges = "tracedemo.token_exchanges";
        public const string TokenExchangeDuration = "tracedemo.token_exchange.duration";
        public const string JwtValidations = "tracedemo.jwt_validations";
        public const string RedisRejected = "tracedemo.redis.rejected";
        public const string RevocationsCoarsened = "tracedemo.revocations.coarsened";
        public const string SignOutsUnreported = "tracedemo.sign_outs.unreported";
        public const string ReasonLabel = "reason";
        public const string ResultLabel = "result";
        public const string CacheLabel = "cache";
        public const string AudienceLabel = "audience";
        public const string AreaLabel = "area";
        public const string AffectedLabel = "affected";
        public const string PeerLabel = "peer";
    }
}
