using Chat.Application.ApiKeys;
using Chat.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class ApiKeyEndpoints
{
    private const string Path = "admin/api-keys";

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/" + Path).WithTags("API keys");

        keys.MapGet("/", List).WithName("ListApiKeys").WithSummary("List API keys")
            .WithDescription("Your affiliate's, the oldest first: what each may and when it was last used, never what it consists of.");
        keys.MapPost("/", Create).WithName("CreateApiKey").WithSummary("Make an API key")
            .WithDescription(
                "For a partner's program, which sends it as `Authorization: Bearer chat_…`. The answer shows the key this once, and is not kept "
                + "for an Idempotency-Key. Scopes: `conversations_read` reads conversations and the queue; `configuration` reads and changes "
                + "programs, keywords, surveys, canned responses, channels and emergency contacts; `webhooks` says where events are sent. No key "
                + "manages people, keys or records.");
        keys.MapGet("/{id:guid}", Get).WithName("GetApiKey").WithSummary("Read an API key")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        keys.MapPut("/{id:guid}", Change).WithName("ChangeApiKey").WithSummary("Change what an API key may")
            .WithDescription("Needs If-Match with the ETag of GET. In force within five seconds everywhere. The key itself stays what it is.");
        keys.MapDelete("/{id:guid}", Revoke).WithName("RevokeApiKey").WithSummary("End an API key")
            .WithDescription("Within five seconds nobody is let in with it any more, on any instance.");
    }

    private static async Task<Ok<Page<ApiKeyView>>> List(
        Guid? affiliateId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListApiKeys(affiliateId, limit, cursor), cancellationToken));

    private static async Task<Created<NewApiKey>> Create(ApiKeyBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var made = await mediator.Send(new CreateApiKey(body.AffiliateId, body.Name, body.Scopes, body.Networks, body.ExpiresAt), cancellationToken);
        return response.TaggedAsNew(Path, made.ApiKey.Id, made, made.ApiKey.Version);
    }

    private static async Task<Ok<ApiKeyView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var key = await mediator.Send(new GetApiKey(id), cancellationToken);
        return response.Tagged(key, key.Version);
    }

    private static async Task<Ok<ApiKeyView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ChangedApiKeyBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var key = await mediator.Send(
            new ChangeApiKey(id, EntityTags.Expected(ifMatch), body.Name, body.Scopes, body.Networks, body.ExpiresAt), cancellationToken);
        return response.Tagged(key, key.Version);
    }

    private static async Task<NoContent> Revoke(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RevokeApiKey(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="AffiliateId">A platform admin says which; for others it is their own.</param>
/// <param name="Scopes">conversations_read, configuration, webhooks.</param>
/// <param name="Networks">Where it may be used from, such as 192.0.2.0/24; left out: everywhere.</param>
/// <param name="ExpiresAt">Left out: until it is ended.</param>
internal sealed record ApiKeyBody(
    Guid? AffiliateId, string Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Networks, DateTimeOffset? ExpiresAt);

/// <param name="Scopes">conversations_read, configuration, webhooks.</param>
/// <param name="Networks">Where it may be used from, such as 192.0.2.0/24; left out: everywhere.</param>
/// <param name="ExpiresAt">Left out: until it is ended.</param>
internal sealed record ChangedApiKeyBody(string Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Networks, DateTimeOffset? ExpiresAt);
