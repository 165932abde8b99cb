using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Application.Retention;
using MediatR;

namespace Chat.Api.Endpoints;

/// <summary>
/// What is handed out: a ZIP of files for people (HTML) and for programs (JSON), with a manifest at the end that counts them and says their
/// SHA-256. It is written one conversation at a time, however many there are.
/// </summary>
internal sealed class ExportArchive(Stream stream, IMediator mediator) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<ExportedFile> _files = [];
    private readonly SortedDictionary<string, int> _counts = [];
    private readonly Gathered _gathered = new();

    public async Task WriteAsync(IAsyncEnumerable<TexterExport> texters, Func<TexterExport, string> folderOf, CancellationToken cancellationToken)
    {
        using (var zip = new ZipArchive(_gathered, ZipArchiveMode.Create, leaveOpen: true))
        {
            var ids = new List<Guid>();
            await foreach (var texter in texters.WithCancellation(cancellationToken))
            {
                await WriteAsync(zip, texter, folderOf(texter), cancellationToken);
                ids.Add(texter.Id);
            }

            var manifest = new ExportManifest(DateTimeOffset.UtcNow, ids, _counts, _files);
            await AddAsync(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, Json), cancellationToken);
        }

        await _gathered.PassOnAsync(stream, cancellationToken);
    }

    public void Dispose() => _gathered.Dispose();

    private async Task WriteAsync(ZipArchive zip, TexterExport texter, string folder, CancellationToken cancellationToken)
    {
        await AddAsync(zip, folder + "texter.json", JsonSerializer.SerializeToUtf8Bytes(texter, Json), cancellationToken);
        Count("texters", 1);
        Count("notes", texter.Notes.Count);
        foreach (var id in texter.Conversations)
        {
            if (await mediator.Send(new ExportConversation(texter.Id, id), cancellationToken) is { } conversation)
            {
                await AddAsync(zip, $"{folder}conversations/{id}.json", JsonSerializer.SerializeToUtf8Bytes(conversation, Json), cancellationToken);
                await AddAsync(zip, $"{folder}conversations/{id}.html", Encoding.UTF8.GetBytes(PageOf(conversation)), cancellationToken);
                Count("conversations", 1);
                Count("messages", conversation.Messages.Count);
                Count("surveys", conversation.Surveys.Count);
            }
        }
    }

    private async Task AddAsync(ZipArchive zip, string path, byte[] content, CancellationToken cancellationToken)
    {
        using (var file = zip.CreateEntry(path).Open())
        {
            file.Write(content);
        }

        await _gathered.PassOnAsync(stream, cancellationToken);
        _files.Add(new ExportedFile(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
    }

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;

    private static string PageOf(ConversationExport conversation)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Conversation</title>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(conversation.Program)}</h1>\n<p>{Text(Time(conversation.BeganAt))} to {Text(conversation.EndedAt is { } end ? Time(end) : "now")}</p>\n<dl>\n");
        foreach (var message in conversation.Messages)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(Time(message.At))}, {Text(message.From)}</dt>\n<dd style=\"white-space: pre-wrap\">{Text(message.Text ?? "(cannot be read any more)")}</dd>\n");
        }

        page.Append("</dl>\n");
        foreach (var survey in conversation.Surveys)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(survey.Title)}</h2>\n<dl>\n");
            foreach (var answer in survey.Answers)
            {
                page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(answer.Question)}</dt>\n<dd>{Text(answer.Answer ?? "(no answer)")}</dd>\n");
            }

            page.Append("</dl>\n");
        }

        return page.Append("</html>\n").ToString();
    }

    // What somebody wrote is words and never markup.
    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What the archive writes, until it is passed on: it writes at once, and the answer takes nothing but in its own time.</summary>
    private sealed class Gathered : Stream
    {
        private readonly MemoryStream _waiting = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task PassOnAsync(Stream to, CancellationToken cancellationToken)
        {
            await to.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancellationToken);
            _waiting.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _waiting.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed record ExportManifest(
        DateTimeOffset MadeAt, IReadOnlyList<Guid> TexterIds, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<ExportedFile> Files);

    private sealed record ExportedFile(string Path, long Bytes, string Sha256);
}
