using Chat.Application.Common;
using Chat.Application.Retention;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder routes)
    {
        var retention = routes.MapGroup("/admin").WithTags("Retention");

        retention.MapPut("/legal-holds/{conversationId:guid}", Hold).WithName("SetLegalHold").WithSummary("Hold a conversation back from being purged")
            .WithDescription("Or let it go again. While it is held, dataRetentionDays does not count for it.");
        retention.MapGet("/retention", Due).WithName("ListDueForPurge").WithSummary("What is due to be purged")
            .WithDescription("Closed for longer than the affiliate's dataRetentionDays, oldest first, with what is held back.");
    }

    private static async Task<Ok<LegalHoldView>> Hold(Guid conversationId, LegalHoldBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetLegalHold(conversationId, body.OnHold, body.Reason), cancellationToken));

    private static async Task<Ok<Page<DueForPurge>>> Due(int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListDueForPurge(limit, cursor), cancellationToken));
}

/// <param name="Reason">Needed to hold it.</param>
internal sealed record LegalHoldBody(bool OnHold, string? Reason);
