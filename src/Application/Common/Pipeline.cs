using System.Reflection;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Common;

// Every use case passes these five, in this order: may they, does it make sense, all or nothing, once, and who did it.

internal sealed class AuthorizationBehavior<TRequest, TResponse>(ICaller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly Permission Required =
        typeof(TRequest).GetCustomAttribute<RequiresAttribute>()?.Permission
        ?? throw new InvalidOperationException($"{typeof(TRequest).Name} does not say which permission it requires.");

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (caller.May(Required))
        {
            return next();
        }

        throw caller switch
        {
            { IsSignedIn: false } => new UnauthenticatedException("auth.required", "Sign in first."),
            { OwesSecondFactor: true } => new ForbiddenException("auth.second_factor_required", "Set up your second factor first."),
            _ => new ForbiddenException(),
        };
    }
}

internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = validators.SelectMany(validator => validator.Validate(request).Errors).ToList();
        return failures.Count == 0 ? next() : throw new ValidationException(failures);
    }
}

internal sealed class TransactionBehavior<TRequest, TResponse>(IUnitOfWork work, ICaller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    // Two transactions that wait for each other: the database ends one, which did nothing wrong and comes again.
    private const int MostTries = 4;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(request, next, cancellationToken);
            }
            catch (Exception failure) when (attempt < MostTries && work.MayTryAgainAfter(failure))
            {
                await work.RollBackAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25 * attempt)), cancellationToken);
            }
        }
    }

    private async Task<TResponse> RunAsync(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        await work.BeginAsync(cancellationToken);
        if (request is IForAffiliate { Affiliate: var affiliate })
        {
            await work.EnterAsync(affiliate, cancellationToken);
        }
        else if (request is IInAffiliate { AffiliateId: { } named } && !caller.IsPlatform && named != caller.AffiliateId.Value)
        {
            throw new NotFoundException("The affiliate");
        }
        else if (caller.IsPlatform)
        {
            await EnterNamedAffiliateAsync(request, cancellationToken);
        }

        var response = await next();
        await work.CommitAsync(cancellationToken);
        return response;
    }

    private async Task EnterNamedAffiliateAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (request is IAboutResource { ResourceId: var resource })
        {
            await work.EnterOwnerOfAsync(resource, cancellationToken);
        }
        else if (request is IInAffiliate { AffiliateId: { } affiliate })
        {
            await work.EnterAsync(new(affiliate), cancellationToken);
        }
    }
}

internal sealed class IdempotencyBehavior<TRequest, TResponse>(ICaller caller, IAnswersGiven answers) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IOnce || caller.IdempotencyKey is not { } key)
        {
            return await next();
        }

        var earlier = await answers.BeginAsync<TRequest, TResponse>(key, request, cancellationToken);
        if (earlier.Given)
        {
            return earlier.Answer!;
        }

        var answer = await next();
        await answers.KeepAsync<TRequest, TResponse>(key, answer, cancellationToken);
        return answer;
    }
}

internal sealed class AuditBehavior<TRequest, TResponse>(IAuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (request is ICommand<TResponse> or IAuditedRead)
        {
            await audit.AppendAsync(typeof(TRequest).Name, cancellationToken);
        }
        else if (request is IReadsWords { Reading: var (action, subject) })
        {
            await audit.NoteReadingAsync(action, subject, cancellationToken);
        }

        return response;
    }
}
