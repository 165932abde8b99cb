using Chat.Application.Encryption;

namespace Chat.Application.Ports;

/// <summary>The keys of the affiliate whose work this is, and the master key.</summary>
public interface IEncryption
{
    /// <summary>Begins to replace the affiliate's key; throws Refused while it is being replaced.</summary>
    Task BeginRotationAsync(CancellationToken cancellationToken);

    /// <summary>Begins to wrap all affiliates' keys with the master key that the settings name now.</summary>
    Task BeginRewrappingAsync(CancellationToken cancellationToken);

    /// <param name="withMaster">Whether the master key is shown too.</param>
    Task<EncryptionView> ShowAsync(bool withMaster, CancellationToken cancellationToken);
}
