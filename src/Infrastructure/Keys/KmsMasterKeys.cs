using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Chat.Application.Common;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Keys;

/// <summary>
/// A master key that never leaves AWS KMS: it wraps and unwraps there, and the place goes along as the encryption context, so that a
/// wrapped key that was moved does not open. What keys from the settings have wrapped is still unwrapped here, until it is wrapped anew.
/// </summary>
internal sealed class KmsMasterKeys(IAmazonKeyManagementService kms, LocalMasterKeys local, IOptions<EncryptionOptions> options) : IMasterKeys
{
    public string CurrentId => options.Value.MasterKeyId;

    public async Task<byte[]> WrapAsync(Place place, byte[] secret, CancellationToken cancellationToken)
    {
        using var plain = new MemoryStream(secret);
        var request = new EncryptRequest { KeyId = options.Value.KmsKeyId, Plaintext = plain, EncryptionContext = ContextOf(place) };
        return (await AskAsync(() => kms.EncryptAsync(request, cancellationToken))).CiphertextBlob.ToArray();
    }

    public async Task<byte[]> UnwrapAsync(string masterId, Place place, byte[] wrapped, CancellationToken cancellationToken)
    {
        if (masterId != CurrentId && local.Has(masterId))
        {
            return await local.UnwrapAsync(masterId, place, wrapped, cancellationToken);
        }

        using var blob = new MemoryStream(wrapped);
        var request = new DecryptRequest { CiphertextBlob = blob, EncryptionContext = ContextOf(place) };
        return (await AskAsync(() => kms.DecryptAsync(request, cancellationToken))).Plaintext.ToArray();
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonKeyManagementServiceException refused) when (refused is InvalidCiphertextException or IncorrectKeyException)
        {
            throw new UnreadableException("KMS does not open what the master key wrapped.");
        }
        catch (Exception away) when (away is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            // Whoever asks may try again; what KMS says is for its own log.
            throw new TimeoutException("KMS does not answer as it should.");
        }
    }

    private static Dictionary<string, string> ContextOf(Place place) => new()
    {
        ["affiliate"] = place.Affiliate.ToString(), ["table"] = place.Table, ["column"] = place.Column, ["row"] = place.Row.ToString(),
    };
}
