using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using Chat.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Startup;

/// <summary>Makes the first platform admin from the settings, where there is none.</summary>
internal sealed class FirstAdmin(IServiceScopeFactory scopes, IOptions<BootstrapOptions> options, TimeProvider clock, ILogger<FirstAdmin> logger)
{
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { AdminEmail: { Length: > 0 } email, AdminPassword: { Length: > 0 } password })
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentCaller>().BecomeSystem();
        var work = services.GetRequiredService<IUnitOfWork>();
        var users = services.GetRequiredService<IUserRepository>();
        await work.BeginAsync(cancellationToken);
        await work.EnterAsync(AffiliateId.Platform, cancellationToken);
        await users.WaitForTurnAsync(cancellationToken);
        var id = new UserId(Guid.CreateVersion7());
        if (await users.AnotherPlatformAdminExistsAsync(id, cancellationToken))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var admin = new User(id, email, "Platform admin", Role.Admin, Status.Active, User.DefaultMaxConcurrent, [], 1, now, now);
        await users.AddAsync(admin, services.GetRequiredService<IPasswords>().Hash(password), cancellationToken);
        await work.CommitAsync(cancellationToken);
        logger.FirstAdminMade();
    }
}
