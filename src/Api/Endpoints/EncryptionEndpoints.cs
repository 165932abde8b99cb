using Chat.Application.Encryption;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class EncryptionEndpoints
{
    public static void MapEncryption(this IEndpointRouteBuilder routes)
    {
        var encryption = routes.MapGroup("/admin/encryption").WithTags("Encryption");

        encryption.MapGet("/", Get).WithName("GetEncryption").WithSummary("Which keys there are")
            .WithDescription("Their states, and how much is sealed with each. It shows how far a replacement has come.");
        encryption.MapPost("/rotate", Rotate).WithName("RotateEncryption").WithSummary("Replace a key")
            .WithDescription(
                "An affiliate's admin has the affiliate's key replaced: what is sealed with it is sealed anew while everybody works, and the old key is "
                + "destroyed once nothing is left under it. A platform admin has all affiliates' keys wrapped with the master key that the settings name "
                + "now, or, with `scope` `affiliate`, the installation's own key replaced. 409 `encryption.rotation_under_way` while it goes on.");
    }

    private static async Task<Ok<EncryptionView>> Get(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetEncryption(), cancellationToken));

    private static async Task<Accepted<EncryptionView>> Rotate(RotationBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Accepted("/api/admin/encryption", await mediator.Send(new RotateEncryption(body.Scope), cancellationToken));
}

/// <param name="Scope">affiliate, or for platform admins master; whichever is the caller's where nothing is said.</param>
internal sealed record RotationBody(string? Scope);
