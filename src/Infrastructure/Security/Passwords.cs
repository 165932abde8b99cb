using Chat.Application.Common;
using Chat.Application.Ports;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Security;

internal sealed class Passwords : IPasswords, IDisposable
{
    private const int MostWaiting = 50;
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly string _dummy;

    // A hash costs a fifth of a second of a core. As many at once as there are cores less one keep a core for the webhooks.
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int _waiting;

    public Passwords(IOptions<PasswordOptions> options)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));
        _dummy = Hash(Guid.NewGuid().ToString());
    }

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new BusyException("auth.busy", "Too many people are signing in right now. Try again in a few seconds.", retryAfterSeconds: 5);
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Place(_places);
    }

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    public bool Verify(string password, string? hash) =>
        _hasher.VerifyHashedPassword(Nobody, hash ?? _dummy, password) != PasswordVerificationResult.Failed && hash is not null;

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                places.Release();
            }
        }
    }
}
