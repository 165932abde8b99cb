using Chat.Application.Texters;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class TexterEndpoints
{
    public static void MapTexters(this IEndpointRouteBuilder routes)
    {
        var texters = routes.MapGroup("/texters").WithTags("Texters");

        texters.MapGet("/{id:guid}", Get).WithName("GetTexter").WithSummary("Who is writing")
            .WithDescription("Where the caller may see one of the texter's conversations. Addresses are masked.");
    }

    private static async Task<Ok<TexterView>> Get(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetTexter(id), cancellationToken));
}
