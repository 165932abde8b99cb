using Chat.Api.Hosting;
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

        auth.MapPost("/login", LogIn).AllowAnonymous().WithName("LogIn").WithSummary("Sign in")
            .WithDescription(
                "Answers an access token, good for some minutes, and a refresh token; with `cookie: true` the refresh token goes into an HttpOnly cookie instead. "
                + "Who has a second factor sends `code` as well, from their app or a recovery code; 401 `auth.code_required` asks for it. Too many failures "
                + "answer 429 `auth.too_many_attempts`.");
        auth.MapPost("/refresh", Refresh).AllowAnonymous().WithName("RefreshSession").WithSummary("Carry a session on")
            .WithDescription("Exchanges the refresh token (from the body or the cookie) for a new one. A token works once; one that comes back later ends its session.");
        auth.MapPost("/logout", LogOut).WithName("LogOut").WithSummary("Sign out").WithDescription("Ends this session and its tokens.");
        auth.MapGet("/me", Me).WithName("GetMe").WithSummary("Who is signed in").WithDescription("The signed-in user with role, affiliate and programs.");
        auth.MapPost("/password", ChangePassword).WithName("ChangePassword").WithSummary("Change your password")
            .WithDescription("Ends all of your sessions: sign in again with the new password.");
        auth.MapPost("/password/forgot", ForgotPassword).AllowAnonymous().WithName("ForgotPassword").WithSummary("Ask for a link that sets a new password")
            .WithDescription(
                "Mailed where an account has this address and the installation sends mail. The answer is the same in any case. The link works once, "
                + "within half an hour.");
        auth.MapPost("/password/reset", ResetPassword).AllowAnonymous().WithName("ResetPassword").WithSummary("Set a new password with a link")
            .WithDescription("Takes the token from the link and ends all sessions. 409 `auth.link_over`: it has been used or has had its time.");
        auth.MapGet("/sessions", List).WithName("ListSessions").WithSummary("Where you are signed in")
            .WithDescription("Your sessions that stand, the newest first.");
        auth.MapDelete("/sessions/{id:guid}", End).WithName("EndSession").WithSummary("End one of your sessions")
            .WithDescription("Signs out there; within five seconds on every instance.");
        auth.MapPost("/mfa/setup", SetUp).WithName("SetUpSecondFactor").WithSummary("Begin to set up a second factor")
            .WithDescription("Answers a secret for an authenticator app. It counts once `enable` has been called with a code of it.");
        auth.MapPost("/mfa/enable", Enable).WithName("EnableSecondFactor").WithSummary("Turn your second factor on")
            .WithDescription("Answers ten recovery codes, which are shown this once. Ends your other sessions.");
        auth.MapPost("/mfa/disable", Disable).WithName("DisableSecondFactor").WithSummary("Turn your second factor off")
            .WithDescription("With your password and a code. Ends your other sessions.");
    }

    private static async Task<Ok<SessionView>> LogIn(
        LogInBody body, HttpContext context, IOptions<JwtOptions> options, IMediator mediator, CancellationToken cancellationToken)
    {
        var loggedIn = await mediator.Send(new LogIn(body.Email, body.Password, body.Code, Visitors.Of(context)), cancellationToken);
        if (body.Cookie)
        {
            Visitors.KeepMark(context, loggedIn.Mark);
        }

        return Give(context, options, loggedIn.Session, body.Cookie);
    }

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

        // Not all cookies: the mark by which the browser is known here stays with it.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return TypedResults.NoContent();
    }

    private static async Task<Ok<MeView>> Me(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetMe(), cancellationToken));

    private static async Task<NoContent> ChangePassword(ChangePasswordBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ChangePassword(body.CurrentPassword, body.NewPassword), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Accepted> ForgotPassword(
        ForgotPasswordBody body, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ForgotPassword(body.Email, Visitors.Of(context)), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<NoContent> ResetPassword(
        ResetPasswordBody body, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var set = await mediator.Send(new ResetPassword(body.Token, body.Password, Visitors.Of(context)), cancellationToken);
        Visitors.KeepMark(context, set.Mark);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<OwnSession>>> List(int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListSessions(limit, cursor), cancellationToken));

    private static async Task<NoContent> End(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndSession(id), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<NewSecondFactor>> SetUp(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetUpSecondFactor(), cancellationToken));

    private static async Task<Ok<RecoveryCodes>> Enable(EnableSecondFactorBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new EnableSecondFactor(body.Code, body.Password), cancellationToken));

    private static async Task<NoContent> Disable(DisableSecondFactorBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DisableSecondFactor(body.Password, body.Code), cancellationToken);
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

/// <param name="Code">The second factor's code, where the account has one: six digits of the app, or a recovery code.</param>
/// <param name="Cookie">Put the refresh token into an HttpOnly cookie: for the web app.</param>
internal sealed record LogInBody(string Email, string Password, string? Code = null, bool Cookie = false);

/// <param name="RefreshToken">Absent: the one in the cookie.</param>
internal sealed record RefreshBody(string? RefreshToken);

internal sealed record ChangePasswordBody(string CurrentPassword, string NewPassword);

internal sealed record ForgotPasswordBody(string Email);

/// <param name="Token">What stands in the link behind the #.</param>
internal sealed record ResetPasswordBody(string Token, string Password);

/// <param name="Code">What the app shows.</param>
/// <param name="Password">One's own, where one signed in more than 15 minutes ago.</param>
internal sealed record EnableSecondFactorBody(string Code, string? Password);

/// <param name="Code">What the app shows, or a recovery code.</param>
internal sealed record DisableSecondFactorBody(string Password, string Code);
