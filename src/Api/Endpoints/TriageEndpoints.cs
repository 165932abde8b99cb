using Chat.Application.Triage;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class TriageEndpoints
{
    public static void MapTriage(this IEndpointRouteBuilder routes)
    {
        var triage = routes.MapGroup("/admin/triage").WithTags("Triage");

        triage.MapGet("/changes", Changes).WithName("ReportTriageChanges").WithSummary("Where people have judged otherwise than triage")
            .WithDescription(
                "Counts of the levels that people have given, by the version of the rules and by language; the rules that had spoken where they lowered a level; "
                + "and where they raised one and no rule had spoken. `from` and `to` are times, the last 30 days unless you say so; the items are paged, the newest first, "
                + "and hold no words.");
    }

    private static async Task<Ok<ChangesReport>> Changes(
        DateTimeOffset? from, DateTimeOffset? to, Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ReportChanges(from, to, programId, limit, cursor), cancellationToken));
}
