using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Encryption;

/// <summary>
/// A key is replaced: an affiliate's, and everything that is sealed with it is sealed anew; or the master key, and all affiliates' keys are
/// wrapped anew. It goes on by itself while everybody works.
/// </summary>
/// <param name="Scope">affiliate or master; what the caller has where nothing is said.</param>
[Requires(Permission.ManageKeys)]
public sealed record RotateEncryption(string? Scope) : ICommand<EncryptionView>, IOnce
{
    public const string OfAffiliate = "affiliate";
    public const string OfMaster = "master";
}

/// <summary>How far keys have been replaced.</summary>
/// <param name="Keys">The affiliate's keys, the newest first. A platform admin's affiliate is the installation itself.</param>
/// <param name="Master">For platform admins.</param>
public sealed record EncryptionView(IReadOnlyList<EncryptionKeyView> Keys, MasterKeyView? Master);

/// <param name="State">
/// `pending` until all instances have heard of it, `active` while it seals, `decrypt_only` until nothing is left under it, then `destroyed`.
/// </param>
/// <param name="Values">How much is sealed with it: keys of conversations and texters, and what belongs to the affiliate itself.</param>
public sealed record EncryptionKeyView(Guid KeyId, string State, DateTimeOffset CreatedAt, DateTimeOffset Since, string MasterKeyId, long Values);

/// <param name="KeyId">The master key that the settings name.</param>
/// <param name="UnderWay">Whether affiliates' keys are being wrapped anew.</param>
/// <param name="Wrapped">How many keys each master key has wrapped, by its name.</param>
public sealed record MasterKeyView(string KeyId, bool UnderWay, IReadOnlyDictionary<string, long> Wrapped);

internal sealed class RotateEncryptionValidator : AbstractValidator<RotateEncryption>
{
    public RotateEncryptionValidator() =>
        RuleFor(command => command.Scope).Must(scope => scope is null or RotateEncryption.OfAffiliate or RotateEncryption.OfMaster)
            .WithMessage("It is affiliate or master.");
}

internal sealed class RotateEncryptionHandler(IEncryption encryption, ICaller caller) : IRequestHandler<RotateEncryption, EncryptionView>
{
    public async Task<EncryptionView> Handle(RotateEncryption command, CancellationToken cancellationToken)
    {
        var scope = command.Scope ?? (caller.IsPlatform ? RotateEncryption.OfMaster : RotateEncryption.OfAffiliate);
        if (scope == RotateEncryption.OfMaster && !caller.IsPlatform)
        {
            throw new ForbiddenException();
        }

        await (scope == RotateEncryption.OfMaster ? encryption.BeginRewrappingAsync(cancellationToken) : encryption.BeginRotationAsync(cancellationToken));
        return await encryption.ShowAsync(caller.IsPlatform, cancellationToken);
    }
}
