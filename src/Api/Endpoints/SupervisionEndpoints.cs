using Chat.Application.Supervision;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class SupervisionEndpoints
{
    public static void MapSupervision(this IEndpointRouteBuilder routes)
    {
        var supervision = routes.MapGroup("/supervision").WithTags("Supervision");

        supervision.MapGet("/overview", Overview).WithName("GetOverview").WithSummary("The whole floor at a glance")
            .WithDescription("Who waits in which program and for how long, who is there with how much room, and what is escalated.");
    }

    private static async Task<Ok<OverviewView>> Overview(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetOverview(), cancellationToken));
}
