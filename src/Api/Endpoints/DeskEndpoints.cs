using System.Text.Json;
using Chat.Application.Desk;
using Chat.Infrastructure.Realtime;
using MediatR;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Api.Endpoints;

internal static class DeskEndpoints
{
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(15);

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk").WithTags("Desk");

        desk.MapGet("/stream", Stream).WithName("StreamDesk").WithSummary("Hear what is stale")
            .WithDescription("Server-sent events (text/event-stream): each names what has happened to which conversation, so that a screen knows what to read again.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").DisableRequestTimeout();
    }

    private static async Task Stream(HttpContext context, DeskHub hub, IMediator mediator, Infrastructure.Security.SessionCheck sessions, Application.Ports.ICaller caller)
    {
        var hearing = await mediator.Send(new HearDesk(), context.RequestAborted);
        using var subscription = hub.Subscribe(hearing.Affiliate, program => hearing.AllPrograms || hearing.Programs.Contains(program));
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.WriteAsync(": here\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);

        var wait = subscription.Events.WaitToReadAsync(context.RequestAborted).AsTask();
        while (!context.RequestAborted.IsCancellationRequested)
        {
            if (await Task.WhenAny(wait, Task.Delay(BetweenPings, context.RequestAborted)) != wait)
            {
                // A session that has ended hears nothing more.
                if (!await sessions.StandsAsync(caller.SessionId, context.RequestAborted))
                {
                    return;
                }

                await context.Response.WriteAsync(": ping\n\n", context.RequestAborted);
            }
            else if (!await wait)
            {
                return;
            }
            else
            {
                while (subscription.Events.TryRead(out var happened))
                {
                    var data = JsonSerializer.Serialize(
                        new { type = happened.Type, conversationId = happened.ConversationId, programId = happened.ProgramId, data = happened.Data });
                    await context.Response.WriteAsync($"event: {happened.Type}\ndata: {data}\n\n", context.RequestAborted);
                }

                wait = subscription.Events.WaitToReadAsync(context.RequestAborted).AsTask();
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
