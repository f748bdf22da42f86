package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.DecodedImage;
import dev.picasso.run.ImageSource.Read;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentImagesTest {
  private static final int SIDE = 10;
  private static final int BYTES = 3 * SIDE * SIDE;

  private final RecentImages recent = new RecentImages(3 * BYTES);

  private static Read picture(String name, int side) {
    return new Read(DecodedImage.of(name, side, side, new byte[3 * side * side]), Optional.empty());
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    recent.keep("a", picture("a", SIDE));
    recent.keep("b", picture("b", SIDE));
    recent.keep("c", picture("c", SIDE));
    assertThat(recent.find("a")).isPresent();
    recent.keep("d", picture("d", SIDE));
    assertThat(recent.find("b")).isEmpty();
    assertThat(recent.find("a")).isPresent();
    assertThat(recent.find("c")).isPresent();
    assertThat(recent.find("d")).isPresent();
  }

  @Test
  void aPictureThatComesAgainTakesItsRoomOnce() {
    for (int i = 0; i < 5; i++) {
      recent.keep("a", picture("a", SIDE));
    }
    recent.keep("b", picture("b", SIDE));
    assertThat(recent.find("a")).isPresent();
  }

  @Test
  void aPictureThatWouldPushOutAllOthersIsNotKept() {
    recent.keep("a", picture("a", SIDE));
    recent.keep("large", picture("large", 2 * SIDE));
    assertThat(recent.find("large")).isEmpty();
    assertThat(recent.find("a")).isPresent();
  }
}
