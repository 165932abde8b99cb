using System.Security.Cryptography;
using System.Text;
using Chat.Application.Common;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Keys;

/// <summary>Wraps affiliates' keys, and unwraps them: with a key of our own, or by a service that never gives its key away.</summary>
internal interface IMasterKeys
{
    /// <summary>The name of the master key that wraps.</summary>
    string CurrentId { get; }

    Task<byte[]> WrapAsync(Place place, byte[] secret, CancellationToken cancellationToken);

    /// <summary>Unwraps what the master key of this name has wrapped; Unreadable where that one is not here.</summary>
    Task<byte[]> UnwrapAsync(string masterId, Place place, byte[] wrapped, CancellationToken cancellationToken);
}

/// <summary>Master keys from the settings or from a file: the one that wraps, and earlier ones while what they wrapped is wrapped anew.</summary>
internal sealed class LocalMasterKeys : IMasterKeys
{
    private readonly Lazy<Dictionary<string, SealingKey>> _keys;

    public LocalMasterKeys(IOptions<EncryptionOptions> options)
    {
        CurrentId = options.Value.MasterKeyId;
        _keys = new(() => Read(options.Value));
    }

    public string CurrentId { get; }

    public bool Has(string masterId) => _keys.Value.ContainsKey(masterId);

    public Task<byte[]> WrapAsync(Place place, byte[] secret, CancellationToken cancellationToken) =>
        Task.FromResult(Envelope.Seal(_keys.Value[CurrentId], place, secret));

    public Task<byte[]> UnwrapAsync(string masterId, Place place, byte[] wrapped, CancellationToken cancellationToken) =>
        Task.FromResult(Envelope.Open(
            _keys.Value.GetValueOrDefault(masterId) ?? throw new UnreadableException("The master key that wrapped it is not in the settings."), place, wrapped));

    private static Dictionary<string, SealingKey> Read(EncryptionOptions options)
    {
        var keys = options.PreviousMasterKeys.ToDictionary(key => key.Key, key => KeyOf(key.Key, key.Value));
        if (MasterKeyFile.Read(options) is { Length: > 0 } current)
        {
            keys[options.MasterKeyId] = KeyOf(options.MasterKeyId, current);
        }

        return keys;
    }

    // The envelope has room for sixteen bytes of name; the master key's name in the settings is words.
    private static SealingKey KeyOf(string id, string key) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16), bigEndian: true), Convert.FromBase64String(key));
}

/// <summary>The master key's own text, from its setting or from a file that an orchestrator mounts.</summary>
internal static class MasterKeyFile
{
    public static string Read(EncryptionOptions options) =>
        options is { MasterKey.Length: 0, MasterKeyFile: { Length: > 0 } file } ? File.ReadAllText(file).Trim() : options.MasterKey;
}
