using Chat.Application.Common;
using Chat.Application.Quarantine;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class QuarantineEndpoints
{
    public static void MapQuarantine(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/quarantine", List).WithTags("Quarantine").WithName("ListQuarantine").WithSummary("List refused calls")
            .WithDescription(
                "Calls from providers that could not be let in, the newest first: when, over which channel and why, never what they "
                + "said. A platform admin names an affiliate.");

    private static async Task<Ok<Page<QuarantinedCallView>>> List(
        Guid? affiliateId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListQuarantine(affiliateId, limit, cursor), cancellationToken));
}
