using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Api.Tests.Keys;

/// <summary>Speaks as much of AWS KMS' JSON protocol as wrapping takes: Encrypt and Decrypt with an encryption context, signed requests, its errors.</summary>
public sealed class FakeKms : IAsyncDisposable
{
    public const string KeyId = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private readonly WebApplication _app;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private FakeKms(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How often it was asked for what.</summary>
    public Dictionary<string, int> Asked { get; } = [];

    public static async Task<FakeKms> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var kms = new FakeKms(builder.Build());
        kms._app.MapPost("/", kms.AnswerAsync);
        await kms._app.StartAsync();
        return kms;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var act = request.Headers["X-Amz-Target"].ToString();
        lock (Asked)
        {
            Asked[act] = Asked.GetValueOrDefault(act) + 1;
        }

        if (!request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal))
        {
            return Error("MissingAuthenticationTokenException");
        }

        var context = Encoding.UTF8.GetBytes(string.Join(
            '\n', body.RootElement.GetProperty("EncryptionContext").EnumerateObject().OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value.GetString()}")));
        using var aes = new AesGcm(_key, 16);
        if (act == "TrentService.Encrypt")
        {
            if (body.RootElement.GetProperty("KeyId").GetString() != KeyId)
            {
                return Error("NotFoundException");
            }

            var plain = body.RootElement.GetProperty("Plaintext").GetBytesFromBase64();
            var blob = new byte[28 + plain.Length];
            RandomNumberGenerator.Fill(blob.AsSpan(0, 12));
            aes.Encrypt(blob.AsSpan(0, 12), plain, blob.AsSpan(28), blob.AsSpan(12, 16), context);
            return Results.Json(new Dictionary<string, object> { ["CiphertextBlob"] = blob, ["KeyId"] = KeyId }, contentType: "application/x-amz-json-1.1");
        }

        var wrapped = body.RootElement.GetProperty("CiphertextBlob").GetBytesFromBase64();
        try
        {
            var plain = new byte[wrapped.Length - 28];
            aes.Decrypt(wrapped.AsSpan(0, 12), wrapped.AsSpan(28), wrapped.AsSpan(12, 16), plain, context);
            return Results.Json(new Dictionary<string, object> { ["Plaintext"] = plain, ["KeyId"] = KeyId }, contentType: "application/x-amz-json-1.1");
        }
        catch (CryptographicException)
        {
            return Error("InvalidCiphertextException");
        }
    }

    private static IResult Error(string type) =>
        Results.Json(new Dictionary<string, string> { ["__type"] = type, ["message"] = "" }, statusCode: 400, contentType: "application/x-amz-json-1.1");
}
