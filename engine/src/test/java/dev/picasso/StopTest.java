package dev.picasso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
  private final Stop stop = new Stop();
  private final List<String> told = new ArrayList<>();

  @Test
  void workGoesOnUntilSomebodyWishesOtherwise() {
    assertThatCode(stop::check).doesNotThrowAnyException();
    stop.request();
    assertThat(stop.isRequested()).isTrue();
    assertThatThrownBy(stop::check).isInstanceOf(StoppedException.class);
  }

  @Test
  void workThatCannotLookIsToldOnce() {
    String result =
        stop.telling(
            () -> told.add("outer"),
            () ->
                stop.telling(
                    () -> told.add("inner"),
                    () -> {
                      stop.request();
                      stop.request();
                      return "done";
                    }));
    assertThat(result).isEqualTo("done");
    assertThat(told).containsExactly("outer", "inner");
  }

  @Test
  void workThatBeginsAfterTheWishIsToldAtOnce() {
    stop.request();
    stop.telling(() -> told.add("first"), () -> told.add("then"));
    assertThat(told).containsExactly("first", "then");
  }

  @Test
  void workThatHasEndedIsNotTold() {
    stop.telling(() -> told.add("told"), () -> "done");
    assertThatThrownBy(
            () ->
                stop.telling(
                    () -> told.add("told"),
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    stop.request();
    assertThat(told).isEmpty();
  }
}
