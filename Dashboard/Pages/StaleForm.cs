using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TraceDemo.Dashboard.Pages;

/// <summary>A form whose antiforgery token is missing or of another sign-in is refused with a page: mostly it is an old tab.</summary>
internal static class StaleForm
{
    public static IResult Page => new RazorComponentResult<StaleFormPage> { StatusCode = StatusCodes.Status400BadRequest };

    /// <summary>After <c>UseAntiforgery</c>, which finds out and leaves the answer to others.</summary>
    public static void UseStaleForm(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? Page.ExecuteAsync(context) : next(context));
}
