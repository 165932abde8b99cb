using Chat.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Channels.Twilio;

internal static class TwilioServices
{
    public static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TwilioOptions>()
            .Bind(configuration.GetSection(TwilioOptions.Section))
            .Validate(
                options => options.BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                $"{TwilioOptions.Section}:BaseUrl must be an http or https address.")
            .Validate(options => options.Timeout > TimeSpan.Zero, $"{TwilioOptions.Section}:Timeout must be longer than nothing.")
            .ValidateOnStart();

        // No logging of its own: addresses hold the account. No redirects: a message and the account's token go where the settings say.
        services.AddHttpClient(TwilioSms.Client, (provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<TwilioOptions>>().Value;
                client.BaseAddress = options.BaseUrl;
                client.Timeout = options.Timeout;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();

        services.TryAddSingleton(_ => PublicAddress.From(configuration));
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IChannelAdapter, TwilioSms>();
    }
}
