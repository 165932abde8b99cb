using System.Diagnostics;
using System.Text.Json;
using Chat.Application.Desk;
using Chat.Application.Ports;
using Chat.Infrastructure.Realtime;
using Chat.Infrastructure.Security;
using MediatR;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Api.Endpoints;

internal static class DeskEndpoints
{
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(15);

    /// <summary>How long a screen may go on hearing what its user may not see any more.</summary>
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(4);

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk").WithTags("Desk");

        desk.MapGet("/stream", Stream).WithName("StreamDesk").WithSummary("Hear what is stale")
            .WithDescription("Server-sent events (text/event-stream): each names what has happened to which conversation, so that a screen knows what to read again.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").DisableRequestTimeout();
    }

    private static async Task Stream(HttpContext context, DeskHub hub, IMediator mediator, SessionCheck sessions, ICaller caller, IHostApplicationLifetime lifetime)
    {
        // An instance that is told to stop does not wait for screens that would listen for hours.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var hearing = await mediator.Send(new HearDesk(), end.Token);
        using var subscription = hub.Subscribe(hearing.Affiliate, caller.UserId.Value, program => hearing.AllPrograms || hearing.Programs.Contains(program));
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await WriteAsync(context.Response, subscription, MayGoOnAsync, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The screen has gone, or we are about to: both are how a stream ends.
        }

        async Task<bool> MayGoOnAsync()
        {
            if (await sessions.OfAsync(caller.SessionId, end.Token, afresh: true) == SessionStanding.Over)
            {
                return false;
            }

            hearing = await mediator.Send(new HearDesk(), end.Token);
            return true;
        }
    }

    private static async Task WriteAsync(HttpResponse response, DeskSubscription subscription, Func<Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        await response.WriteAsync(": here\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);

        var (written, wait) = (Stopwatch.GetTimestamp(), subscription.Events.WaitToReadAsync(cancellationToken).AsTask());
        var check = Task.Delay(BetweenChecks, cancellationToken);
        while (true)
        {
            await Task.WhenAny(wait, check);
            if (check.IsCompleted)
            {
                // By the clock and not by the traffic: a busy program must not keep a session alive that has ended.
                if (!await mayGoOn())
                {
                    return;
                }

                check = Task.Delay(BetweenChecks, cancellationToken);
            }

            if (wait.IsCompleted)
            {
                if (!await wait)
                {
                    return;
                }

                while (subscription.Events.TryRead(out var happened))
                {
                    var data = JsonSerializer.Serialize(
                        new { type = happened.Type, conversationId = happened.ConversationId, programId = happened.ProgramId, data = happened.Data });
                    await response.WriteAsync($"event: {happened.Type}\ndata: {data}\n\n", cancellationToken);
                }

                (written, wait) = (Stopwatch.GetTimestamp(), subscription.Events.WaitToReadAsync(cancellationToken).AsTask());
            }
            else if (Stopwatch.GetElapsedTime(written) > BetweenPings)
            {
                await response.WriteAsync(": ping\n\n", cancellationToken);
                written = Stopwatch.GetTimestamp();
            }

            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
