using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Users;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class UserEndpoints
{
    private const string Path = "users";

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/" + Path).WithTags("Users");

        users.MapGet("/", List).WithName("ListUsers").WithSummary("List people")
            .WithDescription(
                "Your affiliate's responders, supervisors and admins, the oldest account first. A platform admin sees everybody, or one "
                + "affiliate's.");
        users.MapPost("/", Create).WithName("CreateUser").WithSummary("Give somebody an account")
            .WithDescription(
                "They sign in with this address and password. Without a password, where the installation sends mail, they are invited to "
                + "choose one. A platform admin who names no affiliate makes another platform admin.");
        users.MapGet("/{id:guid}", Get).WithName("GetUser").WithSummary("Read somebody's account")
            .WithDescription("A password is never shown. The ETag of the answer is what a change sends as If-Match.");
        users.MapPut("/{id:guid}", Change).WithName("ChangeUser").WithSummary("Change somebody's account")
            .WithDescription(
                "Needs If-Match with the ETag of GET. A new address, role, status or password signs them out everywhere. Who holds open "
                + "conversations stays an active responder: 409 `user.holds_conversations`. What is left out stays as it is.");
        users.MapDelete("/{id:guid}", Delete).WithName("DeleteUser").WithSummary("Remove somebody's account")
            .WithDescription("Only of somebody who has held no conversation; 409 `user.in_use` otherwise: make it inactive.");
        users.MapDelete("/{id:guid}/sessions", EndSessions).WithName("EndUserSessions").WithSummary("Sign somebody out everywhere")
            .WithDescription("Ends all of their sessions, and what links for a new password they have; within five seconds on every instance.");
        users.MapDelete("/{id:guid}/second-factor", ResetSecondFactor).WithName("ResetSecondFactor").WithSummary("Take somebody's second factor off")
            .WithDescription("For who has lost it. Ends all of their sessions. Nobody's own: 409 `user.self`.");
        users.MapPost("/{id:guid}/password-link", GivePasswordLink).WithName("GivePasswordLink").WithSummary("Make a link that sets somebody's password")
            .WithDescription("To hand to them: it works once, within a day, and is shown here only. Nobody's own: 409 `user.self`.");
    }

    private static async Task<Ok<Page<UserView>>> List(
        Guid? affiliateId, string? role, string? status, Guid? programId, int? limit, string? cursor, IMediator mediator,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListUsers(affiliateId, role, status, programId, limit, cursor), cancellationToken));

    private static async Task<Created<UserView>> Create(
        UserBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var user = await mediator.Send(
            new CreateUser(
                body.AffiliateId, body.Email, body.Name, body.Password, body.Role, body.ProgramIds, body.Status, body.MaxConcurrent),
            cancellationToken);
        return response.TaggedAsNew(Path, user.Id, user, user.Version);
    }

    private static async Task<Ok<UserView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var user = await mediator.Send(new GetUser(id), cancellationToken);
        return response.Tagged(user, user.Version);
    }

    private static async Task<Ok<UserView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, UserBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var user = await mediator.Send(
            new ChangeUser(
                id, EntityTags.Expected(ifMatch), body.AffiliateId, body.Email, body.Name, body.Password, body.Role, body.ProgramIds,
                body.Status, body.MaxConcurrent),
            cancellationToken);
        return response.Tagged(user, user.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteUser(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndSessions(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndUserSessions(id), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ResetSecondFactor(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ResetSecondFactor(id), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PasswordLink>> GivePasswordLink(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GivePasswordLink(id), cancellationToken));
}

/// <param name="Password">At least 12 characters. A change may leave it out, and a new account where the installation sends mail.</param>
/// <param name="Role">responder, supervisor or admin. Needed for a new account.</param>
/// <param name="AffiliateId">
/// Where they belong: an affiliate's admin means their own; a platform admin names one, or none for another platform admin. It never
/// changes.
/// </param>
/// <param name="ProgramIds">The programs in which they answer.</param>
/// <param name="Status">active (the default) or inactive.</param>
/// <param name="MaxConcurrent">How many conversations they may hold at once: 1 to 50, 3 where nothing is said.</param>
internal sealed record UserBody(
    string Email, string Name, string? Password, string? Role, Guid? AffiliateId, IReadOnlyList<Guid>? ProgramIds, string? Status,
    int? MaxConcurrent);
