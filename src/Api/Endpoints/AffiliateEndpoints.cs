using Chat.Application.Affiliates;
using Chat.Application.Common;
using Chat.Application.OffBoarding;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class AffiliateEndpoints
{
    private const string Path = "affiliates";

    public static void MapAffiliates(this IEndpointRouteBuilder routes)
    {
        var affiliates = routes.MapGroup("/" + Path).WithTags("Affiliates");

        affiliates.MapGet("/", List).WithName("ListAffiliates").WithSummary("List the affiliates")
            .WithDescription("The crisis centres of this installation, the oldest first. For platform admins.");
        affiliates.MapPost("/", Create).WithName("CreateAffiliate").WithSummary("Take an affiliate in")
            .WithDescription(
                "Makes a crisis centre with keys of its own. Give it an admin next, with POST /api/users and its affiliateId.");
        affiliates.MapGet("/{id:guid}", Get).WithName("GetAffiliate").WithSummary("Read an affiliate")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        affiliates.MapPut("/{id:guid}", Change).WithName("ChangeAffiliate").WithSummary("Change an affiliate")
            .WithDescription(
                "Needs If-Match with the ETag of GET. An inactive affiliate's people cannot sign in, and what texters send it is kept "
                + "in quarantine. Time zone, retention and status that are left out stay as they are; region and contact that are left "
                + "out are cleared. 409 `affiliate.leaving` once it is confirmed that everything of it goes.");
        affiliates.MapDelete("/{id:guid}", Delete).WithName("DeleteAffiliate").WithSummary("Remove an affiliate")
            .WithDescription("Only one without programs and people; 409 `affiliate.in_use` otherwise: make it inactive.");
        affiliates.MapPost("/{id:guid}/off-boarding", BeginOffBoarding).WithName("BeginOffBoarding").WithSummary("Begin to take an affiliate off the platform")
            .WithDescription(
                "Nothing is destroyed yet. The affiliate's own admin takes out everything with GET /api/admin/exports; then make the affiliate inactive, and confirm.");
        affiliates.MapGet("/{id:guid}/off-boarding", GetOffBoarding).WithName("GetOffBoarding").WithSummary("How far an affiliate's leaving has come")
            .WithDescription("In the end it is the proof: counts, keys, times and who. It outlives the affiliate.");
        affiliates.MapPost("/{id:guid}/off-boarding/confirm", ConfirmOffBoarding).WithName("ConfirmOffBoarding").WithSummary("Destroy everything of an affiliate")
            .WithDescription(
                "It cannot be undone. It takes the id of what was begun and the affiliate's exact name (409 `affiliate.not_confirmed`), an affiliate that is "
                + "inactive (409 `affiliate.active`), what is stored taken out (409 `affiliate.not_exported`, unless `withoutExport` is said), and no legal "
                + "hold (409 `affiliate.on_hold`). Everything goes, the affiliate and its people too, and all its keys.");
    }

    private static async Task<Accepted<OffBoardingView>> BeginOffBoarding(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Accepted($"/api/affiliates/{id}/off-boarding", await mediator.Send(new BeginOffBoarding(id), cancellationToken));

    private static async Task<Ok<OffBoardingView>> GetOffBoarding(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetOffBoarding(id), cancellationToken));

    private static async Task<Accepted<OffBoardingView>> ConfirmOffBoarding(
        Guid id, OffBoardingBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Accepted(
            $"/api/affiliates/{id}/off-boarding",
            await mediator.Send(new ConfirmOffBoarding(id, body.OffBoardingId, body.Name, body.WithoutExport ?? false), cancellationToken));

    private static async Task<Ok<Page<AffiliateView>>> List(
        string? status, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListAffiliates(status, limit, cursor), cancellationToken));

    private static async Task<Created<AffiliateView>> Create(
        AffiliateBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var affiliate = await mediator.Send(
            new CreateAffiliate(body.Name, body.Region, body.TimeZone, body.DataRetentionDays, body.ContactEmail, body.Status),
            cancellationToken);
        return response.TaggedAsNew(Path, affiliate.Id, affiliate, affiliate.Version);
    }

    private static async Task<Ok<AffiliateView>> Get(
        Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var affiliate = await mediator.Send(new GetAffiliate(id), cancellationToken);
        return response.Tagged(affiliate, affiliate.Version);
    }

    private static async Task<Ok<AffiliateView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, AffiliateBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var affiliate = await mediator.Send(
            new ChangeAffiliate(
                id, EntityTags.Expected(ifMatch), body.Name, body.Region, body.TimeZone, body.DataRetentionDays, body.ContactEmail,
                body.Status),
            cancellationToken);
        return response.Tagged(affiliate, affiliate.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteAffiliate(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="TimeZone">A zone of the IANA database, such as Europe/Berlin; Etc/UTC where nothing is said.</param>
/// <param name="DataRetentionDays">For how many days what was said is to be kept: 1 to 36,500, 365 where nothing is said.</param>
/// <param name="Status">active (the default) or inactive.</param>
internal sealed record AffiliateBody(
    string Name, string? Region, string? TimeZone, int? DataRetentionDays, string? ContactEmail, string? Status);

/// <param name="Name">The affiliate's name, exactly.</param>
/// <param name="WithoutExport">Nobody has taken anything out, and nobody is to.</param>
internal sealed record OffBoardingBody(Guid OffBoardingId, string Name, bool? WithoutExport);
