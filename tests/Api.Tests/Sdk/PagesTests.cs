using Chat.Sdk;

namespace Chat.Api.Tests.Sdk;

/// <summary>Lists that are read to their end, or not.</summary>
public sealed class PagesTests
{
    [Fact]
    public async Task A_list_is_read_to_its_end_and_no_further_than_the_reader_goes()
    {
        var list = new Endless(pages: 3);

        Assert.Equal([0, 1, 2, 3, 4, 5], await ReadAsync(Pages.All<int>(cursor => list.ReadAsync(cursor, CancellationToken.None))));
        list.Asked.Clear();
        await foreach (var item in Pages.All<int>(list.ReadAsync))
        {
            if (item == 2)
            {
                break;
            }
        }

        Assert.Equal([null, "1"], list.Asked);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_read_for()
    {
        using var stop = new CancellationTokenSource();
        var list = new Endless(pages: int.MaxValue);
        var read = new List<int>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Pages.All<int>(list.ReadAsync).WithCancellation(stop.Token))
            {
                read.Add(item);
                await (item == 4 ? stop.CancelAsync() : Task.CompletedTask);
            }
        });

        Assert.Equal([0, 1, 2, 3, 4], read);
        Assert.All(list.Tokens, token => Assert.Equal(stop.Token, token));
    }

    private static async Task<List<int>> ReadAsync(IAsyncEnumerable<int> list)
    {
        var read = new List<int>();
        await foreach (var item in list)
        {
            read.Add(item);
        }

        return read;
    }

    private sealed class Endless(int pages)
    {
        public List<string?> Asked { get; } = [];

        public List<CancellationToken> Tokens { get; } = [];

        public Task<IPage<int>> ReadAsync(string? cursor, CancellationToken cancellationToken)
        {
            Asked.Add(cursor);
            Tokens.Add(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var page = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult<IPage<int>>(new Page([2 * page, (2 * page) + 1], page + 1 < pages ? $"{page + 1}" : null));
        }
    }

    private sealed record Page(IReadOnlyList<int> Items, string? NextCursor) : IPage<int>;
}
