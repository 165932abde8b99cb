using System.Text;
using Chat.Infrastructure.Channels;

namespace Chat.Infrastructure.Tests.Channels;

public sealed class FormBodyTests
{
    public static TheoryData<string, string[]> Forms => new()
    {
        { "", [] },
        { "&&&", [] },
        { "a=1&b=2", ["a=1", "b=2"] },
        { "a", ["a="] },
        { "a=", ["a="] },
        { "=1", ["=1"] },
        { "=", ["="] },
        { "a=b=c", ["a=b=c"] },
        { "a=1&a=2&a=1", ["a=1", "a=2", "a=1"] },
        { "Body=a&body=b&BODY=c", ["Body=a", "body=b", "BODY=c"] },
        { "a=1+2%2B3%203", ["a=1 2+3 3"] },
        { "a%3D1=b%26c", ["a=1=b&c"] },
        { "a=%", ["a=%"] },
        { "a=%4", ["a=%4"] },
        { "a=%zz%4g%", ["a=%zz%4g%"] },
        { "a=%%41", ["a=%A"] },
        { "a=%C3%a9", ["a=é"] },
        { "a=%F0%9F%99%82", ["a=🙂"] },
        { "a=x%00y", ["a=x\0y"] },
        { "a=1;b=2", ["a=1;b=2"] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_reads_as_its_fields_in_order(string form, string[] fields) =>
        Assert.Equal(fields, Read(form).Fields.Select(field => $"{Encoding.UTF8.GetString(field.Name)}={Encoding.UTF8.GetString(field.Value)}"));

    [Fact]
    public void A_field_is_found_by_its_exact_name_and_the_first_of_two_counts()
    {
        var form = Read("body=a&Body=b&Body=c&Empty=");

        Assert.Equal("b", form.Text("Body"));
        Assert.Equal("", form.Text("Empty"));
        Assert.Null(form.Text("BODY"));
        Assert.Null(form.Text("Bod"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept_as_bytes_and_shown_replaced()
    {
        var form = Read("Body=a%FFb%ED%A0%80");

        Assert.Equal([0x61, 0xFF, 0x62, 0xED, 0xA0, 0x80], Assert.Single(form.Fields).Value);
        Assert.Equal("a\uFFFDb\uFFFD\uFFFD\uFFFD", form.Text("Body"));
    }

    [Fact]
    public void Any_number_of_fields_is_read()
    {
        var form = Read(string.Join('&', Enumerable.Range(0, 20_000).Select(index => $"f{index}={index}")));

        Assert.Equal(20_000, form.Fields.Count);
        Assert.Equal("19999", form.Text("f19999"));
    }

    [Fact]
    public void No_bytes_whatever_are_a_fault()
    {
        var random = new Random(1);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            for (var index = 0; index < bytes.Length; index++)
            {
                bytes[index] = random.Next(3) == 0 ? (byte)"%&=+"[random.Next(4)] : bytes[index];
            }

            Assert.Null(Record.Exception(() => FormBody.Read(bytes).Text("Body")));
        }
    }

    private static FormBody Read(string form) => FormBody.Read(Encoding.UTF8.GetBytes(form));
}
