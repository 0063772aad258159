using Microsoft.AspNetCore.Authorization;

namespace TraceDemo.ServiceDefaults.Authentication;

internal sealed class CallerRequirement : IAuthorizationRequirement;
