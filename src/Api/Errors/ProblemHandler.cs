using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Chat.Api.Errors;

/// <summary>The one place where a refusal becomes an HTTP status. What is not listed is a fault, and a fault is a 500.</summary>
internal sealed class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            return false;
        }

        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        var problem = Map(exception);
        if (exception is BusyException || problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = ((exception as BusyException)?.RetryAfterSeconds ?? 1).ToString(CultureInfo.InvariantCulture);
        }

        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName ?? "A request";
        if (exception is ForbiddenException refused && context.RequestServices.GetRequiredService<ICaller>() is { IsSignedIn: true } caller)
        {
            logger.Refused(caller.UserId.Value, endpoint, refused.Code);
        }

        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            logger.RequestFailed(endpoint, exception.GetType().Name, Problem.TraceId(context), exception.StackTrace ?? "");
        }

        await Problem.WriteAsync(context, problem);
        return true;
    }

    private static ProblemDetails Map(Exception exception) => exception switch
    {
        ValidationException invalid => Invalid(invalid),
        UnauthenticatedException who => Problem.Of(401, who.Code, who.Message),
        ForbiddenException forbidden => Problem.Of(403, forbidden.Code, forbidden.Message),
        NotFoundException missing => Problem.Of(404, "resource.not_found", missing.Message),
        RefusedException refused => Refused(refused),
        StaleException stale => Problem.Of(412, "resource.stale", stale.Message),
        VersionMissingException missing => Problem.Of(428, "resource.version_required", missing.Message),
        KeyReusedException reused => Problem.Of(422, "idempotency.key_reused", reused.Message),
        UnreadableException => Problem.Of(409, "data.unreadable", "What is stored of it cannot be read any more: its key is gone, or it is damaged."),
        BusyException busy => Problem.Of(429, busy.Code, busy.Message),
        BadHttpRequestException bad => Malformed(bad),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => Problem.Of(400),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or TimeoutException => Problem.Of(503),
        NpgsqlException { IsTransient: true } or ChannelClosedException => Problem.Of(503),
        OperationCanceledException => Problem.Of(504),
        _ => Problem.Of(500),
    };

    private static ProblemDetails Refused(RefusedException refused)
    {
        var problem = Problem.Of(409, refused.Code, refused.Message);
        foreach (var (name, fact) in refused.Facts)
        {
            problem.Extensions[name] = fact;
        }

        return problem;
    }

    private static ProblemDetails Invalid(ValidationException invalid)
    {
        var problem = Problem.Of(400, "request.invalid", "Some of what you sent is not right.");
        problem.Extensions["errors"] = invalid.Errors
            .GroupBy(failure => JsonNamingPolicy.CamelCase.ConvertName(failure.PropertyName))
            .ToDictionary(field => field.Key, field => field.Select(failure => failure.ErrorMessage).Distinct().ToArray());
        return problem;
    }

    private static ProblemDetails Malformed(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            return Problem.Of(bad.StatusCode);
        }

        // The reader's own message quotes what was sent; the place is enough to find it.
        var problem = Problem.Of(400, detail: bad.InnerException is JsonException ? "The JSON is not of the form expected here." : "A parameter is missing or not of its type.");
        if (bad.InnerException is JsonException { Path: { Length: > 2 } path })
        {
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [path.TrimStart('$', '.')] = ["It is not known here, or not of its type."] };
        }

        return problem;
    }
}
