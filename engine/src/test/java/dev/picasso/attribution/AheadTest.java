package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.StoppedException;
import dev.picasso.graph.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AheadTest {
  private static <T> T taken(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new StoppedException();
    }
  }

  @Test
  void rowsComeInOrderAndTheLastBatchIsSmaller() {
    List<List<Float>> batches = new ArrayList<>();
    try (Ahead<Ahead.Rows> rows =
        Ahead.rows(Shape.of(1, 2), 5, 2, (number, row) -> row.put(0, number).put(1, 10 + number))) {
      while (rows.hasNext()) {
        Ahead.Rows some = rows.next();
        assertThat(some.from()).isEqualTo(2 * batches.size());
        List<Float> numbers = new ArrayList<>();
        for (float number : some.tensor().floats()) {
          numbers.add(number);
        }
        batches.add(numbers);
      }
    }
    assertThat(batches)
        .containsExactly(List.of(0f, 10f, 1f, 11f), List.of(2f, 12f, 3f, 13f), List.of(4f, 14f));
  }

  /** The second piece is asked for while the first is in use, and the third is not. */
  @Test
  void onePieceIsPreparedWhileOneIsUsed() {
    BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
    Iterator<Integer> pieces = IntStream.range(0, 3).peek(asked::add).iterator();
    try (Ahead<Integer> ahead = new Ahead<>(pieces)) {
      assertThat(ahead.next()).isZero();
      assertThat(taken(asked)).isZero();
      assertThat(taken(asked)).isEqualTo(1);
      assertThat(ahead.hasNext()).isTrue();
      assertThat(asked).isEmpty();
      assertThat(ahead.next()).isEqualTo(1);
      assertThat(taken(asked)).isEqualTo(2);
      assertThat(ahead.next()).isEqualTo(2);
      assertThat(ahead.hasNext()).isFalse();
    }
  }

  @Test
  void whatFailsInPreparingFailsWhereItIsAskedFor() {
    Iterator<Integer> pieces =
        IntStream.range(0, 3)
            .peek(
                i -> {
                  if (i == 1) {
                    throw new InapplicableException("no second piece");
                  }
                })
            .iterator();
    try (Ahead<Integer> ahead = new Ahead<>(pieces)) {
      assertThat(ahead.next()).isZero();
      assertThatThrownBy(ahead::hasNext)
          .isInstanceOf(InapplicableException.class)
          .hasMessage("no second piece");
      assertThatThrownBy(ahead::next).hasMessage("no second piece");
    }
  }

  @Test
  void itsThreadEndsWhenItIsClosed() throws InterruptedException {
    AtomicReference<Thread> preparing = new AtomicReference<>();
    BlockingQueue<Boolean> begun = new LinkedBlockingQueue<>();
    Iterator<Integer> pieces =
        IntStream.range(0, 100)
            .peek(
                i -> {
                  preparing.set(Thread.currentThread());
                  begun.add(true);
                })
            .iterator();
    try (Ahead<Integer> ahead = new Ahead<>(pieces)) {
      assertThat(taken(begun)).isTrue();
      assertThat(ahead.hasNext()).isTrue();
    }
    assertThat(preparing.get()).isNotSameAs(Thread.currentThread());
    assertThat(begun).isEmpty();
    preparing.get().join(60_000);
    assertThat(preparing.get().isAlive()).isFalse();
  }

  @Test
  void whoWaitsMayBeInterrupted() {
    BlockingQueue<Integer> never = new LinkedBlockingQueue<>();
    Iterator<Integer> pieces = IntStream.range(0, 3).map(i -> taken(never)).iterator();
    try (Ahead<Integer> ahead = new Ahead<>(pieces)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::hasNext).isInstanceOf(StoppedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
