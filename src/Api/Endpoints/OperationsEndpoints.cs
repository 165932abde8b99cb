using System.Text;
using Chat.Api.Telemetry;
using Chat.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        // Figures are counted from the moment this exists, not from the first time that somebody asks.
        _ = routes.ServiceProvider.GetRequiredService<MetricsText>();

        routes.MapGet("/healthz", () => TypedResults.Text("ok")).WithTags("Operations").AllowAnonymous().WithName("GetLiveness")
            .WithSummary("Is the process alive")
            .WithDescription("Answers as long as the process does; it asks nothing else.");
        routes.MapGet("/readyz", Ready).WithTags("Operations").AllowAnonymous().WithName("GetReadiness").WithSummary("Can it serve")
            .WithDescription("Whether the database answers, its schema is up to date and the keys open. The broker does not decide: without it the answer is 200 and degraded, and events wait in the outbox.");
        routes.MapGet("/metrics", Metrics).WithTags("Operations").AllowAnonymous().WithName("GetMetrics").WithSummary("Figures for Prometheus")
            .WithDescription("In the Prometheus text format; names begin with chat_gateway_, chat_api_ and chat_conversation_.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static async Task<JsonHttpResult<ReadinessView>> Ready(Readiness readiness, CancellationToken cancellationToken)
    {
        var state = await readiness.CheckAsync(cancellationToken);
        return TypedResults.Json(
            new ReadinessView(Word(state), state.Components),
            statusCode: state.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static string Word(ReadinessState state) => (state.IsReady, state.IsDegraded) switch
    {
        (false, _) => "not_ready",
        (true, true) => "degraded",
        (true, false) => "ready",
    };

    private static ContentHttpResult Metrics(MetricsText metrics) => TypedResults.Text(metrics.Read(), "text/plain; version=0.0.4", Encoding.UTF8);
}

/// <param name="Status">ready, degraded or not_ready.</param>
/// <param name="Components">Each component, as ok, failing or absent.</param>
internal sealed record ReadinessView(string Status, IReadOnlyDictionary<string, string> Components);
