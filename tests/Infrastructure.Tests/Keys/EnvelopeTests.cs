using System.Security.Cryptography;
using Chat.Application.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Tests.Keys;

/// <summary>The cipher, with the faults that are known of others: each is refused, and none is opened in part.</summary>
public sealed class EnvelopeTests
{
    private static readonly SealingKey Key = new(Guid.Parse("01890000-0000-7000-8000-000000000001"), [.. Enumerable.Range(0, 32).Select(index => (byte)(index * 7))]);
    private static readonly Place Here = new(Guid.Parse("01890000-0000-7000-8000-00000000000a"), "messages", "content", Guid.Parse("01890000-0000-7000-8000-00000000000b"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4_096)]
    [InlineData(64_000)]
    public void What_was_sealed_opens_whatever_its_length(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);

        var envelope = Envelope.Seal(Key, Here, plain);

        Assert.Equal(length + Envelope.Overhead, envelope.Length);
        Assert.Equal(plain, Envelope.Open(Key, Here, envelope));
        Assert.Equal(Key.Id, Envelope.KeyIdOf(envelope));
    }

    [Fact]
    public void No_nonce_comes_twice_and_equal_texts_look_different()
    {
        var sealedTexts = Enumerable.Range(0, 2_000).Select(_ => Envelope.Seal(Key, Here, "the same")).ToList();

        Assert.Equal(2_000, sealedTexts.Select(envelope => Convert.ToHexString(envelope.AsSpan(18, 12))).Distinct().Count());
        Assert.Equal(2_000, sealedTexts.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Any_bit_that_is_flipped_is_noticed()
    {
        var envelope = Envelope.Seal(Key, Here, "twenty bytes of text");
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            var changed = (byte[])envelope.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Throws<UnreadableException>(() => Envelope.Open(Key, Here, changed));
        }
    }

    [Fact]
    public void Any_length_but_its_own_is_noticed()
    {
        var envelope = Envelope.Seal(Key, Here, "twenty bytes of text");
        for (var length = 0; length < envelope.Length; length++)
        {
            Assert.Throws<UnreadableException>(() => Envelope.Open(Key, Here, envelope[..length]));
        }

        Assert.Throws<UnreadableException>(() => Envelope.Open(Key, Here, [.. envelope, 0]));
    }

    public static TheoryData<string, Func<byte[], byte[]>> Faults() => new()
    {
        { "a tag of zeroes", envelope => [.. envelope[..^16], .. new byte[16]] },
        { "a tag of ones", envelope => [.. envelope[..^16], .. Enumerable.Repeat((byte)0xFF, 16)] },
        { "a tag turned round", envelope => [.. envelope[..^16], .. envelope[^16..].Reverse()] },
        { "a tag inverted", envelope => [.. envelope[..^16], .. envelope[^16..].Select(part => (byte)~part)] },
        { "a nonce of zeroes", envelope => [.. envelope[..18], .. new byte[12], .. envelope[30..]] },
        { "a version of tomorrow", envelope => [2, .. envelope[1..]] },
        { "another algorithm", envelope => [envelope[0], 2, .. envelope[2..]] },
        { "another key's name", envelope => [.. envelope[..2], .. Guid.NewGuid().ToByteArray(), .. envelope[18..]] },
        { "words without a seal", _ => "twenty bytes of text that nobody has ever sealed with any key"u8.ToArray() },
        { "nothing", _ => [] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_known_fault_is_refused(string what, Func<byte[], byte[]> fault)
    {
        var envelope = Envelope.Seal(Key, Here, "twenty bytes of text");

        Assert.True(Record.Exception(() => Envelope.Open(Key, Here, fault(envelope))) is UnreadableException, what);
    }

    public static TheoryData<string, Guid, string, string, Guid> Elsewhere() => new()
    {
        { "another affiliate", Guid.NewGuid(), Here.Table, Here.Column, Here.Row },
        { "another table", Here.Affiliate, "reports", Here.Column, Here.Row },
        { "another column", Here.Affiliate, Here.Table, "note", Here.Row },
        { "another row", Here.Affiliate, Here.Table, Here.Column, Guid.NewGuid() },
        { "a letter across the border of table and column", Here.Affiliate, "message", "scontent", Here.Row },
        { "affiliate and row exchanged", Here.Row, Here.Table, Here.Column, Here.Affiliate },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void It_opens_nowhere_but_where_it_was_sealed(string what, Guid affiliate, string table, string column, Guid row)
    {
        var envelope = Envelope.Seal(Key, Here, "twenty bytes of text");

        Assert.True(Record.Exception(() => Envelope.Open(Key, new Place(affiliate, table, column, row), envelope)) is UnreadableException, what);
    }

    [Fact]
    public void A_key_of_the_same_name_and_other_bytes_opens_nothing()
    {
        var envelope = Envelope.Seal(Key, Here, "twenty bytes of text");

        Assert.Throws<UnreadableException>(() => Envelope.Open(new SealingKey(Key.Id, RandomNumberGenerator.GetBytes(32)), Here, envelope));
    }
}
