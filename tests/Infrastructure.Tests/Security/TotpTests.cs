using System.Text;
using Chat.Infrastructure.Security;

namespace Chat.Infrastructure.Tests.Security;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, its last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-31, true)]
    [InlineData(0, true)]
    [InlineData(31, true)]
    [InlineData(61, false)]
    public void A_clock_may_be_one_step_off(int seconds, bool matches)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var code = Totp.CodeAt(Secret, Totp.StepAt(now.AddSeconds(seconds)));

        Assert.Equal(matches, Totp.Match(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("28708x")]
    [InlineData("２８７０８２")]
    public void What_is_no_code_matches_nothing(string code) => Assert.Null(Totp.Match(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void Apps_read_the_secret_in_base_32()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Base32(Secret));
        Assert.Equal("MZXW6YTB", Totp.Base32(Encoding.ASCII.GetBytes("fooba")));
        Assert.Equal("MZXW6", Totp.Base32(Encoding.ASCII.GetBytes("foo")));
        Assert.StartsWith("otpauth://totp/Chat:rosa%40example.org?secret=MZXW6&issuer=Chat", Totp.Address("Chat", "rosa@example.org", "MZXW6"), StringComparison.Ordinal);
    }
}
