using Chat.Application.Ports;
using Chat.Infrastructure.Reads;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Persistence;

internal static class AdministrationServices
{
    /// <summary>What administration stores and shows; the queries' handlers are found by the scan.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.AddScoped<IAffiliateRepository, AffiliateRepository>();
        services.AddScoped<IProgramRepository, ProgramRepository>();
        services.AddScoped<IUserRepository, UserRepository>();
        services.AddScoped<IKeywordRepository, KeywordRepository>();
        services.AddScoped<IChannelRepository, ChannelRepository>();

        services.AddScoped<AdminLists>();
        services.AddScoped<IAffiliateViews, AffiliateViews>();
        services.AddScoped<IProgramViews, ProgramViews>();
        services.AddScoped<IUserViews, UserViews>();
        services.AddScoped<IKeywordViews, KeywordViews>();
        services.AddScoped<IChannelViews, ChannelViews>();
        return services;
    }
}
