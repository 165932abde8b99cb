using Amazon.KeyManagementService;
using Chat.Application;
using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Channels.Twilio;
using Chat.Infrastructure.Delivery;
using Chat.Infrastructure.Demo;
using Chat.Infrastructure.Inbound;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Outside;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Reads;
using Chat.Infrastructure.Realtime;
using Chat.Infrastructure.Security;
using Chat.Infrastructure.Startup;
using Chat.Infrastructure.Time;
using Chat.Infrastructure.Triage;
using Chat.Infrastructure.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure;

public static class DependencyInjection
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration settings, IHostEnvironment environment)
    {
        services.AddOptions<ConnectionStringsOptions>().Bind(settings.GetSection(ConnectionStringsOptions.Section));
        services.AddOptions<JwtOptions>().Bind(settings.GetSection(JwtOptions.Section)).ValidateDataAnnotations();
        services.AddOptions<EncryptionOptions>().Bind(settings.GetSection(EncryptionOptions.Section)).ValidateDataAnnotations();
        services.AddOptions<PasswordOptions>().Bind(settings.GetSection(PasswordOptions.Section)).ValidateDataAnnotations();
        services.AddOptions<SignInOptions>().Bind(settings.GetSection(SignInOptions.Section)).ValidateDataAnnotations()
            .Validate(options => Networks.Are(options.AdminNetworks), "SignIn:AdminNetworks names something that is no network and no address.")
            .ValidateOnStart();
        services.AddOptions<ProxiesOptions>().Bind(settings.GetSection(ProxiesOptions.Section))
            .Validate(options => Networks.Are(options.Trusted), "Proxies:Trusted names something that is no network and no address.")
            .ValidateOnStart();
        services.AddOptions<CorsOptions>().Bind(settings.GetSection(CorsOptions.Section))
            .Validate(options => options.Origins.All(IsOrigin), "Cors:Origins names something that is no origin, such as https://portal.example.org.")
            .ValidateOnStart();
        services.AddOptions<LimitsOptions>().Bind(settings.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RabbitMqOptions>().Bind(settings.GetSection(RabbitMqOptions.Section));
        services.AddOptions<BootstrapOptions>().Bind(settings.GetSection(BootstrapOptions.Section));
        services.AddOptions<DemoOptions>().Bind(settings.GetSection(DemoOptions.Section));
        services.AddOptions<DeskOptions>().Bind(settings.GetSection(DeskOptions.Section)).ValidateDataAnnotations();
        services.AddOptions<TriageOptions>().Bind(settings.GetSection(TriageOptions.Section)).ValidateDataAnnotations();
        // Read at once: with a candidate that cannot be read nothing is begun.
        services.AddSingleton(ShadowCandidate.Read(settings[$"{TriageOptions.Section}:{nameof(TriageOptions.ShadowRules)}"]));
        services.AddOptions<TestingOptions>().Bind(settings.GetSection(TestingOptions.Section));
        services.AddSingleton<BusinessClock>();
        services.AddKeyedSingleton(Clocks.Real, TimeProvider.System);
        services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<BusinessClock>());

        services.AddSingleton<Databases>();
        services.AddSingleton<EmbeddedPostgres>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<LedgerReplay>();
        services.AddSingleton(provider => new Readiness(provider.GetRequiredService<Databases>(), provider.GetRequiredService<Keyring>(), provider.GetService<RabbitMqConnection>()));
        services.AddHostedService<DatabaseStartup>();
        services.AddHostedService<DemoGate>();

        services.AddHandlers(typeof(DependencyInjection).Assembly);
        services.AddPersistence();
        services.AddSecurity();
        services.AddMessaging(settings);
        services.AddTimers(settings);
        services.AddAdministration(environment);
        services.AddTwilio(settings);
        services.AddOutside(settings);
        if (settings.GetValue<bool>("Demo:Enabled"))
        {
            services.AddDemo(settings, environment);
            services.AddHostedService<DemoSeed>();
        }

        return services;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.Scheme is "https" or "http" && origin.GetLeftPart(UriPartial.Authority) == text;

    private static void AddPersistence(this IServiceCollection services)
    {
        services.AddScoped<DbSession>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<DbSession>());
        services.AddScoped<IAnswersGiven, AnswersGiven>();
        services.AddScoped<IAuditTrail, AuditTrail>();
        services.AddSingleton<RecentReadings>();
        services.AddSingleton<AuditChain>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditChain>());
        services.AddScoped<IApiKeyRepository, ApiKeyRepository>();
        services.AddScoped<IConversationRepository, ConversationRepository>();
        services.AddScoped<IMessageRepository, MessageRepository>();
        services.AddScoped<ITexterRepository, TexterRepository>();
        services.AddSingleton<TriageRules>();
        services.AddSingleton<ITriageRules>(provider => provider.GetRequiredService<TriageRules>());
        services.AddHostedService(provider => provider.GetRequiredService<TriageRules>());
        services.AddSingleton<ShadowReader>();
        services.AddHostedService(provider => provider.GetRequiredService<ShadowReader>());
        services.AddScoped<IShadowFile, ShadowFile>();
        services.AddSingleton<ISummariser, ExtractiveSummariser>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TriageOptions>>().Value.Credits);
        services.AddScoped<IRiskFile, RiskFile>();
        services.AddScoped<IRiskViews, RiskViews>();
        services.AddScoped<ITexterFiles, TexterFiles>();
        services.AddScoped<ITexterViews, TexterViews>();
        services.AddScoped<ILegalHolds, LegalHolds>();
        services.AddScoped<IPurge, PurgeStore>();
        services.AddScoped<IErasures, Erasures>();
        services.AddScoped<IOffBoardings, OffBoardings>();
        services.AddScoped<IExports, TexterExports>();
        services.AddScoped<IEncryption, EncryptionStore>();
        services.AddScoped<IDeliveryReceipts, DeliveryReceipts>();
        services.AddScoped<IDeliveries, DeliveryQueue>();
        services.AddScoped<IQuarantine, QuarantineStore>();
        services.AddScoped<ConversationRows>();
        services.AddScoped<IConversationViews, ConversationViews>();
        services.AddScoped<IMessageViews, MessageViews>();
        services.AddScoped<IDueJobs, DueJobs>();
        services.AddScoped<IPresences, PresenceBoard>();
        services.AddScoped<IProgramFacts, ProgramDirectory>();
        services.AddScoped<IWaits, Waits>();
        services.AddScoped<IReports, Persistence.Reports>();
        services.AddScoped<IFollowUps, FollowUps>();
        services.AddScoped<ISurveyRuns, SurveyRuns>();
        services.AddScoped<IEscalationRepository, EscalationRepository>();
        services.AddScoped<IEscalationViews, EscalationViews>();
        services.AddScoped<IEmergencyServices, OnCallContacts>();
        services.AddScoped<INotifier, Notifier>();
        services.AddScoped<INotifications, NotificationStore>();
        services.AddScoped<INotificationSettings, NotificationSettingsStore>();
        services.AddScoped<ISendings, SendingStore>();
        services.AddScoped<IWebhookDeliveries, WebhookDeliveries>();
        services.AddHostedService<Housekeeping>();
    }

    private static void AddTimers(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<SystemUseCases>();
        services.AddHostedService<JobWorker>();
        services.AddHostedService<SendingWorker>();
        services.AddHostedService<PurgeWorker>();
        services.AddSingleton(provider => new Links(provider.GetRequiredService<PublicAddress>().Origin));
        services.AddSingleton(provider => new PresenceKeeper(
            provider.GetRequiredService<Databases>(), provider.GetRequiredService<DeskHub>(), provider.GetRequiredService<SystemUseCases>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PresenceKeeper>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PresenceKeeper>());
        if (settings.GetValue<bool>("Testing:Enabled"))
        {
            services.AddSingleton(provider => new ClockMover(
                provider.GetRequiredService<Databases>(), provider.GetRequiredService<BusinessClock>(), provider.GetRequiredService<Wake>(),
                provider.GetRequiredService<PresenceKeeper>(), provider.GetRequiredService<ILogger<ClockMover>>()));
            services.AddHostedService(provider => provider.GetRequiredService<ClockMover>());
        }
    }

    private static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<LocalMasterKeys>();
        services.AddSingleton<IMasterKeys>(provider => provider.GetRequiredService<IOptions<EncryptionOptions>>().Value.KmsKeyId is { Length: > 0 }
            ? ActivatorUtilities.CreateInstance<KmsMasterKeys>(provider, Kms(provider.GetRequiredService<IOptions<EncryptionOptions>>().Value))
            : provider.GetRequiredService<LocalMasterKeys>());
        services.AddSingleton<Keyring>();
        services.AddSingleton<KeyRotation>();
        services.AddHostedService<RotationWorker>();
        services.AddSingleton<PurgeLedger>();
        services.AddHostedService<KeyWatch>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAccessTokens>(provider => provider.GetRequiredService<AccessTokens>());
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<ApiKeyCheck>();
        services.AddSingleton<IPasswords, Passwords>();
        services.AddScoped<ISessions, SessionStore>();
        services.AddScoped<ISignIns, SignInDirectory>();
        services.AddScoped<IGuesses, Guesses>();
        services.AddScoped<ISecondFactors, SecondFactors>();
        services.AddScoped<IPasswordResets, PasswordResets>();
        services.AddScoped<IPasswordMails, PasswordMails>();
        services.AddSingleton<PasswordMailer>();
        services.AddHostedService(provider => provider.GetRequiredService<PasswordMailer>());
        services.AddScoped<ISignInRecord, SignInRecord>();
        services.AddSingleton<FailedSignIns>();
        services.AddHostedService(provider => provider.GetRequiredService<FailedSignIns>());
        services.AddScoped<CurrentCaller>();
        services.AddScoped<ICaller>(provider => provider.GetRequiredService<CurrentCaller>());
    }

    private static AmazonKeyManagementServiceClient Kms(EncryptionOptions options)
    {
        var config = new AmazonKeyManagementServiceConfig { Timeout = TimeSpan.FromSeconds(5), MaxErrorRetry = 2 };
        if (options.KmsBaseUrl is { Length: > 0 } address)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (address, options.KmsRegion);
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.KmsRegion);
        }

        return new AmazonKeyManagementServiceClient(config);
    }

    private static void AddMessaging(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<DeskHub>();
        services.AddSingleton<Instance>();
        services.AddSingleton<Wake>();
        services.AddSingleton<AfterCommit>();
        services.AddSingleton<StaffBell>();
        services.AddHostedService(provider => provider.GetRequiredService<StaffBell>());
        services.AddSingleton<EventConsumers>();
        services.AddSingleton<IEventConsumer, DeliveryAlarm>();
        services.AddSingleton<DeadLetters>();
        services.AddScoped<IDeadLetters, DeadLetterStore>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<IChannelDirectory>(provider => provider.GetRequiredService<ChannelDirectory>());
        services.AddScoped<WebhookIntake>();

        services.AddSingleton<InboundStatement>();
        services.AddSingleton<InboundWriter>();
        services.AddSingleton<IInboundWriter>(provider => provider.GetRequiredService<InboundWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<InboundWriter>());

        if (settings.GetSection(RabbitMqOptions.Section).Get<RabbitMqOptions>()?.Uri is { Length: > 0 })
        {
            services.AddSingleton<RabbitMqConnection>();
            services.AddSingleton<IEventSink, RabbitMqSink>();
            services.AddHostedService<PlatformConsumer>();
            services.AddHostedService<DeadLetterConsumer>();
        }
        else
        {
            services.AddSingleton<IEventSink, InProcessSink>();
        }

        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<DeskListener>();
        services.AddHostedService<DeliveryWorker>();
        services.AddSingleton<WebhookWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookWorker>());
    }
}
