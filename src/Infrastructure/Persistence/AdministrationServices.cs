using Chat.Application.EmergencyContacts;
using Chat.Application.Ports;
using Chat.Infrastructure.Configuration;
using Chat.Infrastructure.Reads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Infrastructure.Persistence;

internal static class AdministrationServices
{
    /// <summary>What administration stores and shows; the queries' handlers are found by the scan.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton(new WebhookAddresses(PlainHttpToo: !environment.IsProduction()));
        services.AddScoped<IAffiliateRepository, AffiliateRepository>();
        services.AddScoped<IProgramRepository, ProgramRepository>();
        services.AddScoped<IUserRepository, UserRepository>();
        services.AddScoped<IKeywordRepository, KeywordRepository>();
        services.AddScoped<ICannedResponseRepository, CannedResponseRepository>();
        services.AddScoped<IChannelRepository, ChannelRepository>();
        services.AddScoped<IEmergencyContactRepository, EmergencyContactRepository>();
        services.AddScoped<IEmergencyContacts, EmergencyContactRepository>();

        services.AddScoped<ISurveyRepository, SurveyRepository>();
        services.AddScoped<IPhraseRepository, PhraseRepository>();
        services.AddScoped<IWebhookRepository, WebhookRepository>();

        services.AddSingleton<IConfigurationFormat, ConfigurationYaml>();
        services.AddScoped<IConfigurationLock, ConfigurationLock>();
        services.AddScoped<AdminLists>();
        services.AddScoped<IAffiliateViews, AffiliateViews>();
        services.AddScoped<IProgramViews, ProgramViews>();
        services.AddScoped<IUserViews, UserViews>();
        services.AddScoped<IApiKeyViews, ApiKeyViews>();
        services.AddScoped<IKeywordViews, KeywordViews>();
        services.AddScoped<ICannedResponseViews, CannedResponseViews>();
        services.AddScoped<IChannelViews, ChannelViews>();
        services.AddScoped<IEmergencyContactViews, EmergencyContactViews>();
        services.AddScoped<ISurveyViews, SurveyViews>();
        services.AddScoped<IPhraseViews, PhraseViews>();
        services.AddScoped<IWebhookViews, WebhookViews>();
        return services;
    }
}
