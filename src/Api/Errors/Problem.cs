using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Errors;

/// <summary>The one shape of an error (RFC 9457), on every path.</summary>
internal static class Problem
{
    private static readonly Dictionary<int, (string Code, string Title)> ByStatus = new()
    {
        [400] = ("request.malformed", "The request is malformed."),
        [401] = ("auth.required", "Sign in first."),
        [403] = ("caller.forbidden", "Your role does not allow this."),
        [404] = ("route.not_found", "There is nothing at this address."),
        [405] = ("route.method_not_allowed", "This address does not take this method."),
        [406] = ("request.not_acceptable", "The answer cannot be given in the form asked for."),
        [408] = ("request.timeout", "The request took too long to arrive."),
        [413] = ("request.too_large", "The request is too large."),
        [414] = ("request.uri_too_long", "The address is too long."),
        [415] = ("request.unsupported_media_type", "Send application/json."),
        [429] = ("request.too_many", "There have been too many requests. Try again in a moment."),
        [431] = ("request.headers_too_large", "The request's headers are too large."),
        [500] = ("server.error", "Something went wrong on our side."),
        [503] = ("service.unavailable", "The service is not available right now. Try again in a moment."),
        [504] = ("request.timeout", "The request took too long to answer."),
    };

    public static ProblemDetails Of(int status, string? code = null, string? title = null, string? detail = null)
    {
        var known = ByStatus.GetValueOrDefault(status, ("request.refused", "The request was refused."));
        code ??= known.Item1;
        return new ProblemDetails
        {
            Type = "urn:chat:problem:" + code, Title = title ?? known.Item2, Status = status, Detail = detail, Extensions = { ["code"] = code },
        };
    }

    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        problem.Extensions["traceId"] = TraceId(context);
        Infrastructure.Messaging.Figures.Problems.Add(1, new KeyValuePair<string, object?>("code", problem.Extensions["code"]));
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json");
    }

    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
