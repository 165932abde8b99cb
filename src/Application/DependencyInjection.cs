using Chat.Application.Common;
using Chat.Application.Configuration;
using Chat.Application.Conversations;
using Chat.Application.Delivery;
using Chat.Application.Presences;
using Chat.Application.Sessions;
using Chat.Application.Surveys;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Application;

public static class DependencyInjection
{
    /// <summary>The use cases' handlers and validators, found by one scan, and the pipeline that all of them pass.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(provider => type => provider.GetService(type)!);
        services.AddHandlers(typeof(DependencyInjection).Assembly);
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(DependencyInjection).Assembly, includeInternalTypes: true))
        {
            services.AddScoped(found.InterfaceType, found.ValidatorType);
        }

        // The order is the order of the pipeline.
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorizationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(IdempotencyBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditBehavior<,>));
        services.AddScoped<SessionOpening>();
        services.AddScoped<DeliveryProgress>();
        services.AddScoped<ReportFiling>();
        services.AddScoped<WritingHours>();
        services.AddScoped<SurveySending>();
        services.AddScoped<SurveyHearing>();
        services.AddScoped<Attendance>();
        services.AddScoped<StoredConfiguration>();
        services.AddScoped<ConfigurationRules>();
        services.AddScoped<ConfigurationApplying>();
        services.AddScoped(typeof(SingleRoutes<,,,>));
        return services;
    }

    /// <summary>Registers the request handlers of an assembly; a query's handler stands in Infrastructure, beside its SQL.</summary>
    public static void AddHandlers(this IServiceCollection services, System.Reflection.Assembly assembly)
    {
        var handlers =
            from type in assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false }
            from role in type.GetInterfaces()
            where role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
            select (role, type);
        foreach (var (role, type) in handlers)
        {
            services.AddScoped(role, type);
        }
    }
}
