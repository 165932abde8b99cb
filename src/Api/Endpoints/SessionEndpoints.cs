using Chat.Application.Common;
using Chat.Application.Sessions;
using Chat.Infrastructure;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chat.Api.Endpoints;

internal static class SessionEndpoints
{
    private const string Cookie = "__Host-chat-refresh";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Sign-in");

        auth.MapPost("/login", LogIn).WithName("LogIn").WithSummary("Sign in")
            .WithDescription("Answers an access token, good for some minutes, and a refresh token; with `cookie: true` the refresh token goes into an HttpOnly cookie instead.");
        auth.MapPost("/refresh", Refresh).WithName("RefreshSession").WithSummary("Carry a session on")
            .WithDescription("Exchanges the refresh token (from the body or the cookie) for a new one. A token works once; one that comes back later ends its session.");
        auth.MapPost("/logout", LogOut).WithName("LogOut").WithSummary("Sign out").WithDescription("Ends this session and its tokens.");
        auth.MapGet("/me", Me).WithName("GetMe").WithSummary("Who is signed in").WithDescription("The signed-in user with role, affiliate and programs.");
        auth.MapPost("/password", ChangePassword).WithName("ChangePassword").WithSummary("Change your password")
            .WithDescription("Ends all of your sessions: sign in again with the new password.");
    }

    private static async Task<Ok<SessionView>> LogIn(
        LogInBody body, HttpContext context, IOptions<JwtOptions> options, IMediator mediator, CancellationToken cancellationToken) =>
        Give(context, options, await mediator.Send(new LogIn(body.Email, body.Password), cancellationToken), body.Cookie);

    private static async Task<Ok<SessionView>> Refresh(
        RefreshBody? body, HttpContext context, IOptions<JwtOptions> options, IMediator mediator, CancellationToken cancellationToken)
    {
        var fromCookie = body?.RefreshToken is null;
        var refreshed = await mediator.Send(new RefreshSession(body?.RefreshToken ?? context.Request.Cookies[Cookie]), cancellationToken);
        return refreshed.Session is { } session
            ? Give(context, options, session, fromCookie)
            : throw new UnauthenticatedException("auth.session_expired", "The session is over. Sign in again.");
    }

    private static async Task<NoContent> LogOut(HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new LogOut(), cancellationToken);
        context.Response.Cookies.Delete(Cookie, CookieOptions());
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\"";
        return TypedResults.NoContent();
    }

    private static async Task<Ok<MeView>> Me(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetMe(), cancellationToken));

    private static async Task<NoContent> ChangePassword(ChangePasswordBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ChangePassword(body.CurrentPassword, body.NewPassword), cancellationToken);
        return TypedResults.NoContent();
    }

    private static Ok<SessionView> Give(HttpContext context, IOptions<JwtOptions> options, SessionView session, bool asCookie)
    {
        if (!asCookie)
        {
            return TypedResults.Ok(session);
        }

        context.Response.Cookies.Append(Cookie, session.RefreshToken!, CookieOptions(TimeSpan.FromHours(options.Value.RefreshHours)));
        return TypedResults.Ok(session with { RefreshToken = null });
    }

    private static CookieOptions CookieOptions(TimeSpan? age = null) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, MaxAge = age };
}

/// <param name="Code">The second factor's code, where the account has one. None has yet, so it is not looked at.</param>
/// <param name="Cookie">Put the refresh token into an HttpOnly cookie: for the web app.</param>
internal sealed record LogInBody(string Email, string Password, string? Code = null, bool Cookie = false);

/// <param name="RefreshToken">Absent: the one in the cookie.</param>
internal sealed record RefreshBody(string? RefreshToken);

internal sealed record ChangePasswordBody(string CurrentPassword, string NewPassword);
