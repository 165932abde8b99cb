using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Channels.Twilio;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Chat.Infrastructure.Demo;

internal static class DemoServices
{
    private const string PretendTwilio = "/api/demo/twilio/";

    /// <summary>After AddTwilio: where no address of Twilio's is set, messages go to the pretend one.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsProduction())
        {
            throw new InvalidOperationException("Demo:Enabled is impossible in Production: the demo's passwords are public.");
        }

        services.AddHttpClient(TwilioSms.Client, (provider, client) =>
        {
            if (configuration[$"{TwilioOptions.Section}:{nameof(TwilioOptions.BaseUrl)}"] is null or "")
            {
                client.BaseAddress = provider.GetRequiredService<OwnAddress>().At(PretendTwilio);
            }
        });
        services.AddHttpClient(DemoTwilio.Client, client => client.Timeout = TimeSpan.FromSeconds(15))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();

        services.TryAddSingleton(_ => PublicAddress.From(configuration));
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(DemoSettings.Default)
            .AddSingleton<DemoPhones>()
            .AddSingleton<OwnAddress>()
            .AddSingleton<DemoTwilio>()
            .AddHostedService<DemoDeliveries>();
    }
}
