using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TraceDemo.Dashboard.Pages;

/// <summary>Answers a form with a missing or foreign antiforgery token with a page: usually it is an old tab.</summary>
internal static class StaleForm
{
    public static IResult Page => new RazorComponentResult<StaleFormPage> { StatusCode = StatusCodes.Status400BadRequest };

    /// <summary>After <c>UseAntiforgery</c>, which only detects the error.</summary>
    public static void UseStaleForm(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? Page.ExecuteAsync(context) : next(context));
}
