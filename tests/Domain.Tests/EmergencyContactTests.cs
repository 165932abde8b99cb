using Chat.Domain.EmergencyContacts;

namespace Chat.Domain.Tests;

public sealed class EmergencyContactTests
{
    [Theory]
    [InlineData("King County, WA", "King County, WA", AreaFit.Same)]
    [InlineData("King County, WA", " king county, wa ", AreaFit.Same)]
    [InlineData("King County, WA", "Seattle, King County, WA", AreaFit.Near)]
    [InlineData("Seattle, King County, WA", "king county", AreaFit.Near)]
    [InlineData("King County, WA", "Pierce County, WA", AreaFit.Elsewhere)]
    [InlineData("King County, WA", null, AreaFit.Elsewhere)]
    [InlineData("King County, WA", "  ", AreaFit.Elsewhere)]
    [InlineData(null, "King County, WA", AreaFit.Everywhere)]
    [InlineData(null, null, AreaFit.Everywhere)]
    public void A_contacts_area_fits_a_place(string? area, string? place, AreaFit expected) =>
        Assert.Equal(expected, A.EmergencyContactFor(area).FitFor(place));

    [Fact]
    public void The_nearest_is_called_first_and_of_two_as_near_who_is_there_for_just_this()
    {
        var (elsewhere, everywhere, state) = (A.EmergencyContactFor("Oregon"), A.EmergencyContactFor(null), A.EmergencyContactFor("WA"));
        var (anyOfCounty, county) = (A.EmergencyContactFor("King County, WA", EmergencyKind.Any), A.EmergencyContactFor("King County, WA"));
        var city = A.EmergencyContactFor("Seattle, King County, WA");

        var order = EmergencyContact.BestFirst([elsewhere, everywhere, state, anyOfCounty, county, city], " Seattle, King County, WA");

        Assert.Equal([city, county, anyOfCounty, state, everywhere, elsewhere], order);
    }

    [Fact]
    public void Without_a_place_whoever_is_there_for_everywhere_comes_first()
    {
        var (somewhere, everywhere) = (A.EmergencyContactFor("Oregon"), A.EmergencyContactFor(null));

        Assert.Equal([everywhere, somewhere], EmergencyContact.BestFirst([somewhere, everywhere], null));
    }
}
