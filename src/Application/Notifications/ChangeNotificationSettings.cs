using System.Text.RegularExpressions;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>The caller says what they want to be told of by e-mail and by text. On the desk they are told of everything.</summary>
[Requires(Permission.SignedIn)]
public sealed record ChangeNotificationSettings(string? Phone, IReadOnlyList<string> ByEmail, IReadOnlyList<string> ByText)
    : ICommand<NotificationSettingsView>;

internal sealed partial class ChangeNotificationSettingsValidator : AbstractValidator<ChangeNotificationSettings>
{
    public ChangeNotificationSettingsValidator()
    {
        RuleFor(command => command.Phone).Must(text => text.Trimmed() is not { } phone || Number().IsMatch(phone))
            .WithMessage("A number in E.164, such as +12065550140.");
        RuleFor(command => command.Phone).Must(text => text.Trimmed() is not null).When(command => command.ByText is { Count: > 0 })
            .WithMessage("Say where texts are to go.");
        RuleFor(command => command.ByEmail).NotNull();
        RuleFor(command => command.ByText).NotNull();
        RuleForEach(command => command.ByEmail).NotNull().MustBeOneOf(Wire.All<NotificationKind>());
        RuleForEach(command => command.ByText).NotNull().MustBeOneOf(Wire.All<NotificationKind>());
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Number();
}

internal sealed class ChangeNotificationSettingsHandler(INotificationSettings settings, IMailSender mail, ICaller caller)
    : IRequestHandler<ChangeNotificationSettings, NotificationSettingsView>
{
    public async Task<NotificationSettingsView> Handle(ChangeNotificationSettings command, CancellationToken cancellationToken)
    {
        var wishes = new NotificationWishes(command.Phone.Trimmed(), [.. command.ByEmail.Distinct()], [.. command.ByText.Distinct()]);
        await settings.SaveAsync(caller.UserId, wishes, cancellationToken);
        var channel = await settings.TextChannelAsync(caller.UserId, cancellationToken);
        return new NotificationSettingsView(wishes.Phone, wishes.ByEmail, wishes.ByText, mail.IsConfigured, channel is not null);
    }
}
