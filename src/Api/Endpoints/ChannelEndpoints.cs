using System.Text.Json;
using Chat.Application.Channels;
using Chat.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class ChannelEndpoints
{
    private const string Path = "channels";

    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        var channels = routes.MapGroup("/" + Path).WithTags("Channels");

        channels.MapGet("/", List).WithName("ListChannels").WithSummary("List channels")
            .WithDescription("Your affiliate's numbers, the oldest first, of one program or provider or of all.");
        channels.MapPost("/", Create).WithName("CreateChannel").WithSummary("Connect a number")
            .WithDescription(
                "Then point the provider's webhook at the `webhookUrl` of the answer. For `twilio`: address is a number in E.164, a "
                + "short code or a messaging service (MG…); credentials are accountSid, authToken and, while tokens are rotated, "
                + "secondaryAuthToken; settings may hold messagingServiceSid.");
        channels.MapGet("/{id:guid}", Get).WithName("GetChannel").WithSummary("Read a channel")
            .WithDescription(
                "`credentials` says which are set, never what they are. The ETag of the answer is what a change sends as If-Match.");
        channels.MapPut("/{id:guid}", Change).WithName("ChangeChannel").WithSummary("Change a channel")
            .WithDescription(
                "Needs If-Match with the ETag of GET. In force at once. Credentials that are left out stay as they are, one that is "
                + "null is removed; settings and status that are left out stay as they are. What is sent to an inactive channel is kept "
                + "in quarantine.");
        channels.MapDelete("/{id:guid}", Delete).WithName("DeleteChannel").WithSummary("Remove a channel")
            .WithDescription("Only one over which nobody has written; 409 `channel.in_use` otherwise: make it inactive.");
    }

    private static async Task<Ok<Page<ChannelView>>> List(
        Guid? affiliateId, Guid? programId, string? provider, int? limit, string? cursor, IMediator mediator,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListChannels(affiliateId, programId, provider, limit, cursor), cancellationToken));

    private static async Task<Created<ChannelView>> Create(
        ChannelBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var channel = await mediator.Send(
            new CreateChannel(body.ProgramId, body.Provider, body.Address, body.Credentials, body.Settings, body.Status),
            cancellationToken);
        return response.TaggedAsNew(Path, channel.Id, channel, channel.Version);
    }

    private static async Task<Ok<ChannelView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var channel = await mediator.Send(new GetChannel(id), cancellationToken);
        return response.Tagged(channel, channel.Version);
    }

    private static async Task<Ok<ChannelView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ChannelBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var channel = await mediator.Send(
            new ChangeChannel(
                id, EntityTags.Expected(ifMatch), body.ProgramId, body.Provider, body.Address, body.Credentials, body.Settings,
                body.Status),
            cancellationToken);
        return response.Tagged(channel, channel.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteChannel(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="Provider">Whose protocol it speaks; this release speaks twilio. It never changes.</param>
/// <param name="Address">The number; once in the installation.</param>
/// <param name="Credentials">The account's secrets. They go in and never come out.</param>
/// <param name="Status">active (the default) or inactive.</param>
internal sealed record ChannelBody(
    Guid ProgramId, string? Provider, string Address, IReadOnlyDictionary<string, string?>? Credentials,
    IReadOnlyDictionary<string, JsonElement>? Settings, string? Status);
