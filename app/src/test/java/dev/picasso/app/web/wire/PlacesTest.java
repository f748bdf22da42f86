package dev.picasso.app.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  private static final ClientAddress ONE = ClientAddress.of("192.0.2.1");
  private static final ClientAddress OTHER = ClientAddress.of("192.0.2.2");

  @Test
  void oneAddressGetsItsPartAndLeavesTheRest() {
    Places places = new Places(3, 2);
    assertThat(places.take(ONE)).isTrue();
    assertThat(places.take(ONE)).isTrue();
    assertThat(places.take(ONE)).isFalse();
    assertThat(places.take(OTHER)).isTrue();
    assertThat(places.take(OTHER)).as("all are taken").isFalse();
    places.giveBack(ONE);
    assertThat(places.take(OTHER)).isTrue();
    places.giveBack(OTHER);
    places.giveBack(OTHER);
    assertThat(places.take(ONE)).isTrue();
    assertThat(places.take(ONE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "[2001:db8:1:2::1], 2001:db8:1:2::2, true",
    "::1, ::2, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "fe80::1, fe80::2, false",
    "name.example, other.example, false"
  })
  void aNetworkOfAHouseholdIsOneClient(String first, String second, boolean same) {
    assertThat(ClientAddress.of(first).equals(ClientAddress.of(second))).isEqualTo(same);
  }
}
