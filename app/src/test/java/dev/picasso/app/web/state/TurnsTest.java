package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
  private static Turns<Character, String> with(String works) {
    Turns<Character, String> turns = new Turns<>();
    Arrays.stream(works.split(" ")).forEach(w -> turns.add(w.charAt(0), w));
    return turns;
  }

  /** Work is named after the person who asked for it. */
  @ParameterizedTest
  @CsvSource({
    "a1 a2 a3, a1 a2 a3",
    "a1 a2 a3 b1, a1 b1 a2 a3",
    "a1 a2 b1 b2 b3 c1, a1 b1 c1 a2 b2 b3",
    "a1 b1 a2 b2, a1 b1 a2 b2"
  })
  void peopleTakeTurns(String asked, String expected) {
    Turns<Character, String> turns = with(asked);
    List<String> order = turns.inOrder(p -> 0);
    List<String> came = new ArrayList<>();
    for (var next = turns.next(p -> 0); next.isPresent(); next = turns.next(p -> 0)) {
      came.add(next.get().work());
    }
    assertThat(String.join(" ", came)).isEqualTo(expected);
    assertThat(order).as("what is told beforehand").isEqualTo(came);
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void workThatIsNotDoneGoesOnBeforeTheSamePersonsOther() {
    Turns<Character, String> turns = with("a1 a2 b1");
    assertThat(turns.next(p -> 0).map(Turns.Turn::work)).contains("a1");
    turns.goOnLater('a', "a1");
    assertThat(turns.inOrder(p -> 0)).containsExactly("b1", "a1", "a2");
  }

  @Test
  void ofWhomNothingIsUnderWayGoesFirst() {
    Turns<Character, String> turns = with("a1 a2 b1 c1");
    assertThat(turns.inOrder(p -> p == 'a' ? 2 : 0)).containsExactly("b1", "c1", "a1", "a2");
    assertThat(turns.next(p -> p == 'a' ? 2 : 0).map(Turns.Turn::work)).contains("b1");
  }

  @Test
  void whoComesLaterWaitsForOneTurnOfEachAtMost() {
    Turns<Character, String> turns = with("a1 a2 a3 a4 a5 b1 b2 b3");
    turns.add('c', "c1");
    assertThat(turns.inOrder(p -> 0).indexOf("c1")).isEqualTo(2);
    assertThat(turns.next(p -> 0).map(Turns.Turn::person)).isEqualTo(Optional.of('a'));
  }
}
