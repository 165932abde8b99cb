using Chat.Application.Common;
using Chat.Infrastructure.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

/// <summary>Seams for tests, which exist only where Testing__Enabled is set and never in Production.</summary>
internal static class TestingEndpoints
{
    private const long Most = 10L * 366 * 24 * 3600;

    public static void MapTesting(this IEndpointRouteBuilder routes)
    {
        // No part of the product's own description: nobody builds on it.
        routes.MapPost("/testing/clock", Advance).ExcludeFromDescription();
    }

    private static async Task<Ok<ClockView>> Advance(ClockBody body, ClockMover clock, CancellationToken cancellationToken) =>
        body.AdvanceSeconds is >= 0 and <= Most
            ? TypedResults.Ok(new ClockView(await clock.AdvanceAsync(body.AdvanceSeconds, cancellationToken)))
            : throw Rules.Invalid("advanceSeconds", "Time goes on, and by ten years at most.");
}

internal sealed record ClockBody(long AdvanceSeconds);

internal sealed record ClockView(DateTimeOffset Now);
