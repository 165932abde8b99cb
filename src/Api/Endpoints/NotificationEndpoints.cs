using Chat.Application.Common;
using Chat.Application.Notifications;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapGroup("/notifications").WithTags("Notifications");
        var settings = routes.MapGroup("/notification-settings").WithTags("Notifications");

        notifications.MapGet("/", List).WithName("ListNotifications").WithSummary("What you have been told")
            .WithDescription("Your own, the newest first; with `unread=true` only what you have not read. They are kept for 30 days.");
        notifications.MapGet("/unread-count", Count).WithName("CountUnreadNotifications").WithSummary("How much you have not read")
            .WithDescription("Of your own, for the mark beside the bell.");
        notifications.MapPost("/read", MarkRead).WithName("MarkNotificationsRead").WithSummary("Say what you have read")
            .WithDescription("These, or without `ids` all of your own. Answers how many are left.");

        settings.MapGet("/", GetSettings).WithName("GetNotificationSettings").WithSummary("What you are told of by e-mail and by text")
            .WithDescription("On the desk you are told of everything. `emailAvailable` and `textAvailable` say which other ways there are.");
        settings.MapPut("/", ChangeSettings).WithName("ChangeNotificationSettings").WithSummary("Say what you want to be told of")
            .WithDescription(
                "Replaces all of it. Mail goes to the address you sign in with; texts go to `phone`, over a Twilio channel of your affiliate's. "
                + "Neither holds anything that a texter wrote.");
    }

    private static async Task<Ok<Page<NotificationView>>> List(
        bool? unread, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListNotifications(unread, limit, cursor), cancellationToken));

    private static async Task<Ok<UnreadCount>> Count(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CountUnread(), cancellationToken));

    private static async Task<Ok<UnreadCount>> MarkRead(ReadBody? body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new MarkNotificationsRead(body?.Ids), cancellationToken));

    private static async Task<Ok<NotificationSettingsView>> GetSettings(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetNotificationSettings(), cancellationToken));

    private static async Task<Ok<NotificationSettingsView>> ChangeSettings(
        NotificationSettingsBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ChangeNotificationSettings(body.Phone, body.ByEmail, body.ByText), cancellationToken));
}

/// <param name="Ids">Absent: all.</param>
internal sealed record ReadBody(IReadOnlyList<Guid>? Ids);

/// <param name="Phone">A number in E.164, such as +12065550140. Needed for texts.</param>
/// <param name="ByEmail">The kinds of notification that come by e-mail too, such as escalation_opened.</param>
/// <param name="ByText">The kinds that come by text too.</param>
internal sealed record NotificationSettingsBody(string? Phone, IReadOnlyList<string> ByEmail, IReadOnlyList<string> ByText);
