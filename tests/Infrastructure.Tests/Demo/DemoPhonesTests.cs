using Chat.Infrastructure.Demo;

namespace Chat.Infrastructure.Tests.Demo;

public sealed class DemoPhonesTests
{
    private readonly DemoPhones _phones = new(TimeProvider.System);

    [Fact]
    public void Every_phone_has_a_fictional_number_of_its_own()
    {
        var numbers = Enumerable.Range(0, DemoPhones.Most).Select(_ => _phones.Add().Number).ToList();

        Assert.Equal(DemoPhones.Most, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.Matches(@"^\+155501[1-9]\d{4}$", number));
        Assert.DoesNotContain(DemoSettings.Default.Channel.Address, numbers);
    }

    [Fact]
    public void The_oldest_phone_makes_room_for_the_newest()
    {
        var first = _phones.Add();
        var others = Enumerable.Range(0, DemoPhones.Most).Select(_ => _phones.Add()).ToList();

        Assert.Null(_phones.Find(first.Id));
        Assert.All(others, phone => Assert.Equal(phone, _phones.Find(phone.Id)));
        _phones.Send(first, "is anybody there");
        Assert.Empty(_phones.Texts(first.Id, null));
    }

    [Fact]
    public void A_phone_shows_what_it_sent_and_got_in_order()
    {
        var (phone, other) = (_phones.Add(), _phones.Add());

        var sent = _phones.Send(phone, "HELLO");
        _phones.Receive(phone.Number, "Hi, I'm Robin");
        _phones.Receive("+15550100007", "for nobody");
        _phones.Become(phone, sent, DemoStatus.Delivered);

        Assert.Equal(
            [(DemoDirection.Sent, "HELLO", DemoStatus.Delivered), (DemoDirection.Received, "Hi, I'm Robin", DemoStatus.Delivered)],
            _phones.Texts(phone.Id, null).Select(text => (text.Direction, text.Text, text.Status)));
        Assert.Equal("Hi, I'm Robin", Assert.Single(_phones.Texts(phone.Id, sent.Id)).Text);
        Assert.Empty(_phones.Texts(other.Id, null));
    }

    [Fact]
    public void A_phone_forgets_its_oldest_texts()
    {
        var phone = _phones.Add();
        var first = _phones.Send(phone, "0");
        for (var index = 1; index <= DemoPhones.MostTexts; index++)
        {
            _phones.Receive(phone.Number, "later");
        }

        Assert.Equal(DemoPhones.MostTexts, _phones.Texts(phone.Id, null).Count);
        Assert.DoesNotContain(_phones.Texts(phone.Id, null), text => text.Id == first.Id);
        Assert.Equal(DemoPhones.MostTexts, _phones.Texts(phone.Id, first.Id).Count);
        Assert.Equal(DemoStatus.Failed, _phones.Become(phone, first, DemoStatus.Failed).Status);
    }
}
