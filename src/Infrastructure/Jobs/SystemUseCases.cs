using Chat.Infrastructure.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Jobs;

/// <summary>Runs a use case on the platform's own behalf, in a scope of its own.</summary>
internal sealed class SystemUseCases(IServiceScopeFactory scopes)
{
    public async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> useCase, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().BecomeSystem();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(useCase, cancellationToken);
    }
}
