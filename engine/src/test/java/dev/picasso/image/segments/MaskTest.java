package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static Mask mask(String... rows) {
    int width = rows[0].length();
    return Mask.of(width, rows.length, i -> rows[i / width].charAt(i % width) == '#');
  }

  private static final Mask PARTS =
      mask(
          "##....", //
          ".#...#", //
          "..#..#", ".....#", "#....#");

  @Test
  void partsHangTogetherOverEdgesAndCorners() {
    List<Island> islands = Island.in(PARTS);
    assertThat(islands).extracting(Island::area).containsExactly(4, 4, 1);
    assertThat(islands)
        .extracting(Island::box)
        .containsExactly(new Window(0, 0, 3, 3), new Window(5, 1, 1, 4), new Window(0, 4, 1, 1));
    assertThat(islands.get(0).mask(6, 5))
        .isEqualTo(mask("##....", ".#....", "..#...", "......", "......"));
  }

  @Test
  void boundsAreThoseOfAll() {
    assertThat(PARTS.bounds()).isEqualTo(new Window(0, 0, 6, 5));
    assertThat(mask("...", ".#.", "...").bounds()).isEqualTo(new Window(1, 1, 1, 1));
    assertThat(mask("...", "...").bounds()).isEqualTo(new Window(0, 0, 0, 0));
    assertThat(Island.in(mask("..", ".."))).isEmpty();
  }

  @Test
  void masksAreJoinedAndTakenAway() {
    Mask left = mask("##.", "#..");
    Mask right = mask(".##", "...");
    assertThat(left.or(right)).isEqualTo(mask("###", "#.."));
    assertThat(left.without(right)).isEqualTo(mask("#..", "#.."));
    assertThatThrownBy(() -> left.or(PARTS)).hasMessageContaining("6 × 5");
  }

  /** Against a search from pixel to pixel. */
  @Property(tries = 100)
  void islandsAreWhatASearchReaches(
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll long seed) {
    Mask mask = random(width, height, .4, seed);
    List<Island> islands = Island.in(mask);
    assertThat(islands.stream().mapToInt(Island::area).sum()).isEqualTo(mask.area());
    for (Island island : islands) {
      Mask alone = island.mask(width, height);
      assertThat(alone).isEqualTo(reached(mask, alone.next(0)));
      assertThat(alone.bounds()).isEqualTo(island.box());
      assertThat(alone.area()).isEqualTo(island.area());
    }
  }

  private static Mask reached(Mask mask, int start) {
    boolean[] seen = new boolean[mask.width() * mask.height()];
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    while (!open.isEmpty()) {
      int pixel = open.pop();
      for (int d = 0; d < 9; d++) {
        int x = pixel % mask.width() + d % 3 - 1;
        int y = pixel / mask.width() + d / 3 - 1;
        boolean inside = x >= 0 && y >= 0 && x < mask.width() && y < mask.height();
        if (inside && mask.has(x, y) && !seen[y * mask.width() + x]) {
          seen[y * mask.width() + x] = true;
          open.push(y * mask.width() + x);
        }
      }
    }
    return Mask.of(mask.width(), mask.height(), i -> seen[i]);
  }

  /** Against the distance of every pixel to every other. */
  @Property(tries = 100)
  void aDilatedMaskHasAllThatIsNear(
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @DoubleRange(min = 0, max = 6) double radius,
      @ForAll long seed) {
    Mask mask = random(width, height, .05, seed);
    Mask expected =
        Mask.of(
            width,
            height,
            i ->
                IntStream.range(0, width * height)
                    .filter(mask::has)
                    .anyMatch(
                        j -> Math.hypot(i % width - j % width, i / width - j / width) <= radius));
    assertThat(mask.dilated(radius)).isEqualTo(expected);
  }

  private static Mask random(int width, int height, double share, long seed) {
    Random random = new Random(seed);
    return Mask.of(width, height, i -> random.nextDouble() < share);
  }

  @Test
  void segmentsKnowTheirMasksAndNeighbours() {
    Segments segments = Segments.of(4, 2, new int[] {7, 7, 2, 2, 7, 5, 5, 2});
    assertThat(segments.labels()).containsExactly(0, 0, 1, 1, 0, 2, 2, 1);
    assertThat(segments.sizes()).containsExactly(3, 3, 2);
    assertThat(segments.mask(2)).isEqualTo(mask("....", ".##."));
    assertThat(segments.neighbours())
        .extracting(Object::toString)
        .containsExactly("{1, 2}", "{0, 2}", "{0, 1}");
    assertThat(segments.resized(8, 4).labels()).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 0, 0);
    assertThat(segments.resized(1, 1).count()).isEqualTo(1);
  }
}
