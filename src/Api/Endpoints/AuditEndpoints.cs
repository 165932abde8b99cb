using Chat.Application.Audit;
using Chat.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/audit", List).WithTags("Audit").WithName("ListAudit").WithSummary("Who did what")
            .WithDescription(
                "Every change that somebody made, the newest first; ids only. `subject` is the id of what was changed, `from` and `to` "
                + "are times. A platform admin reads the installation's own entries, or those of the affiliate that they name.");
        routes.MapGet("/admin/audit/verify", Verify).WithTags("Audit").WithName("VerifyAudit").WithSummary("Whether the audit trail is as it was written")
            .WithDescription(
                "Every link of the chain is calculated again, up to 100,000 in a call; `nextFrom` says where to go on. Keep `head` outside the "
                + "database and hand it in later as `checkpointNumber` and `checkpointMac`: a trail that was cut off does not hold it any more. "
                + "The log has a checkpoint each hour.");
    }

    private static async Task<Ok<AuditVerification>> Verify(
        Guid? affiliateId, long? from, long? checkpointNumber, string? checkpointMac, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new VerifyAudit(affiliateId, from, checkpointNumber, checkpointMac), cancellationToken));

    private static async Task<Ok<Page<AuditEntryView>>> List(
        Guid? affiliateId, Guid? actorId, string? action, Guid? subject, DateTimeOffset? from, DateTimeOffset? to, int? limit,
        string? cursor,
        IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            await mediator.Send(new ListAudit(affiliateId, actorId, action, subject, from, to, limit, cursor), cancellationToken));
}
