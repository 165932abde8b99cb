using Chat.Domain.Users;

namespace Chat.Domain.Tests;

public sealed class PasswordStrengthTests
{
    [Theory]
    [InlineData("seven calm rivers at dawn")]
    [InlineData("nine quiet hills at dusk")]
    [InlineData("k7#Vq!m2Lx9@")]
    [InlineData("tr4ktor-ziegel-moos")]
    [InlineData("übermütige Schildkröte")]
    [InlineData("密码很长而且没有人能猜到的")]
    [InlineData("the lantern over water")]
    public void A_good_password(string password) => Assert.Null(PasswordStrength.Fault(password, "rosa@example.org"));

    [Theory]
    [InlineData("short one")]
    [InlineData("password1234")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd2024!")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("abcabcabcabc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("zyxwvutsrqponm")]
    [InlineData("iloveyou12345")]
    [InlineData("welcome2chat!!")]
    [InlineData("Summer2026!!!")]
    [InlineData("administrator")]
    [InlineData("letmein-letmein1")]
    [InlineData("correct horse battery staple")]
    [InlineData("crisistextline1")]
    [InlineData("changeme-changeme2")]
    [InlineData("rosa.delgado and more")]
    [InlineData("Rosa.Delgado@example.org")]
    public void One_that_is_tried_first(string password) => Assert.NotNull(PasswordStrength.Fault(password, "rosa.delgado@example.org"));

    [Fact]
    public void More_than_is_ever_hashed() => Assert.NotNull(PasswordStrength.Fault(string.Concat(Enumerable.Range(0, 600).Select(at => (char)(0x4e00 + at))), null));
}
