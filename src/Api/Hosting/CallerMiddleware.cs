using Chat.Api.Errors;
using Chat.Application.Ports;
using Chat.Domain.Users;
using Chat.Infrastructure;
using Chat.Infrastructure.Realtime;
using Chat.Infrastructure.Security;
using Microsoft.Extensions.Options;

namespace Chat.Api.Hosting;

/// <summary>
/// Finds out who asks, at the door. Only Authorization: Bearer counts; what is no valid token of ours is nobody. Where calls are not
/// limited nobody is asked for, and nothing is looked up.
/// </summary>
internal sealed class CallerMiddleware(
    RequestDelegate next, AccessTokens tokens, SessionCheck sessions, ApiKeyCheck apiKeys, PresenceKeeper presences, IOptions<SignInOptions> options,
    ILogger<CallerMiddleware> logger)
{
    private const int LongestKey = 200;

    private readonly Networks _adminNetworks = Networks.Of(options.Value.AdminNetworks);
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context, CurrentCaller caller)
    {
        caller.RequestId = Problem.TraceId(context);
        if (!RateLimits.Concern(context))
        {
            await next(context);
            return;
        }

        var token = context.Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : "";
        if (await apiKeys.ReadAsync(token, context.Connection.RemoteIpAddress, context.RequestAborted) is { } program)
        {
            caller.SignIn(program);
        }
        else if (tokens.Read(token) is { } claims
            && await sessions.OfAsync(claims.Session, context.RequestAborted) is var standing and not SessionStanding.Over)
        {
            caller.SignIn(claims, standing == SessionStanding.Stands && options.Value.Demands(claims.Role));
            if (claims.Role == Role.Admin && !_adminNetworks.MayCome(context.Connection.RemoteIpAddress))
            {
                logger.Refused(claims.User.Value, context.GetEndpoint()?.DisplayName ?? "A request", "auth.address_not_allowed");
                await Problem.WriteAsync(
                    context, Problem.Of(403, "auth.address_not_allowed", "Admins cannot work from this address."));
                return;
            }

            presences.Heard(claims.Affiliate.Value, claims.User.Value);
        }

        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            if (keys is not [{ Length: > 0 and <= LongestKey } key])
            {
                await Problem.WriteAsync(context, Problem.Of(400, "request.invalid", $"An Idempotency-Key has 1 to {LongestKey} characters."));
                return;
            }

            caller.IdempotencyKey = new IdempotencyKey(context.Request.Path.Value!, key);
        }

        await next(context);
    }
}
