using System.Net.Mail;
using Chat.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Outside;

internal static class OutsideServices
{
    public static IServiceCollection AddOutside(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmtpOptions>()
            .Bind(configuration.GetSection(SmtpOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => string.IsNullOrEmpty(options.Host) || MailAddress.TryCreate(options.From, out _),
                $"{SmtpOptions.Section}:From must be an address when {SmtpOptions.Section}:Host is set.")
            .Validate(options => options.Timeout > TimeSpan.Zero, $"{SmtpOptions.Section}:Timeout must be longer than nothing.")
            .ValidateOnStart();
        services.AddOptions<OutsideOptions>()
            .Bind(configuration.GetSection(OutsideOptions.Section))
            .Validate(options => options.Timeout > TimeSpan.Zero, $"{OutsideOptions.Section}:Timeout must be longer than nothing.")
            .ValidateOnStart();

        services.AddSingleton<SafeHttp>();
        services.AddSingleton<IMailSender, SmtpMail>();
        return services.AddSingleton<IWebhookSender, WebhookSender>();
    }
}
