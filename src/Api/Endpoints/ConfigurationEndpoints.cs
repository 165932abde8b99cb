using System.Text;
using Chat.Application.Configuration;
using Chat.Infrastructure.Configuration;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class ConfigurationEndpoints
{
    private const string Yaml = "application/yaml";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapConfiguration(this IEndpointRouteBuilder routes)
    {
        var configuration = routes.MapGroup("/admin/configuration").WithTags("Configuration");

        configuration.MapGet("/", Get).WithName("GetConfiguration").WithSummary("Read the configuration as one document")
            .WithDescription(
                "An affiliate's programs with their keywords, surveys and canned responses, by name instead of id, as YAML. The same document can be "
                + "applied to another affiliate. A platform admin says which affiliate. Its schema is at /schemas/configuration.json.")
            .Produces<string>(StatusCodes.Status200OK, Yaml);
        configuration.MapPut("/", Apply).WithName("ApplyConfiguration").WithSummary("Have the configuration as a document says")
            .WithDescription(
                "All of it or nothing. With `dryRun=true` it is tried and taken back, and answers what it would change. What the document does not "
                + "name is kept, and removed only with `prune=true`; a program with people, channels or conversations and a survey that somebody "
                + "was asked are never removed (409). Needs If-Match with the ETag of GET, or *; a dry run may leave it out. At most 2,000 entries; "
                + "no anchors, aliases or tags. Faults are named by their place, such as `programs[0].keywords[2].keyword`.")
            .Accepts<string>(Yaml, "application/x-yaml", "text/yaml", "application/json")
            .Produces<ConfigurationReport>();
    }

    /// <summary>The schema, at an address without a version of the API: editors keep it.</summary>
    public static void MapSchemas(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schemas/configuration.json", () => TypedResults.Text(ConfigurationSchema.Text, "application/schema+json", Encoding.UTF8))
            .WithTags("Configuration").AllowAnonymous().WithName("GetConfigurationSchema").WithSummary("The schema of the configuration document")
            .WithDescription("A JSON schema: name it in an editor, which then completes and checks the document.")
            .Produces<string>(StatusCodes.Status200OK, "application/schema+json");

    private static async Task<ContentHttpResult> Get(
        Guid? affiliateId, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(new GetConfiguration(affiliateId), cancellationToken);
        response.Headers.ETag = document.Tag;
        return TypedResults.Text(document.Yaml, Yaml, Encoding.UTF8);
    }

    private static async Task<Ok<ConfigurationReport>> Apply(
        Guid? affiliateId, bool? dryRun, bool? prune, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext context, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var text = await ReadAsync(context.Request, cancellationToken);
        var tag = ExpectedTag(ifMatch);
        if (dryRun == true)
        {
            return TypedResults.Ok(await mediator.Send(new TryConfiguration(affiliateId, tag, text, prune ?? false), cancellationToken));
        }

        var applied = await mediator.Send(new ApplyConfiguration(affiliateId, tag, text, prune ?? false), cancellationToken);
        context.Response.Headers.ETag = applied.Tag;
        return TypedResults.Ok(applied.Report);
    }

    // A proxy that compresses answers may weaken their tags; it has not changed what they name.
    private static string? ExpectedTag(string? ifMatch) => ifMatch?.Trim() switch
    {
        null or "" => null,
        { } tag when tag.StartsWith("W/", StringComparison.Ordinal) => tag[2..],
        { } tag => tag,
    };

    // Null where it is no UTF-8: who may not call is to hear that first.
    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return Strict.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
