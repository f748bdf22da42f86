package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AbreastTest {
  @Test
  void resultsComeInTheOrderOfTheWork() {
    List<Supplier<Integer>> work =
        IntStream.range(0, 1000).<Supplier<Integer>>mapToObj(i -> () -> i * i).toList();
    for (int lanes : new int[] {1, 2, 7}) {
      assertThat(Abreast.all(lanes, work))
          .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> i * i).toList());
    }
  }

  @Test
  void noWorkHasNoResults() {
    assertThat(Abreast.all(2, List.<Supplier<Integer>>of())).isEmpty();
  }

  @Test
  void piecesGoOnAtTheSameTime() {
    Assumptions.assumeTrue(ForkJoinPool.getCommonPoolParallelism() > 0, "one processor only");
    CountDownLatch both = new CountDownLatch(2);
    Supplier<Boolean> meeting =
        () -> {
          both.countDown();
          try {
            return both.await(1, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(Abreast.all(2, List.of(meeting, meeting))).containsExactly(true, true);
  }

  @Test
  void afterAFailureNothingBeginsAndItIsThrownAsItIs() {
    AtomicInteger begun = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("the second");
    List<Supplier<Integer>> work =
        IntStream.range(0, 100)
            .<Supplier<Integer>>mapToObj(
                i ->
                    () -> {
                      begun.incrementAndGet();
                      if (i == 1) {
                        throw failure;
                      }
                      return i;
                    })
            .toList();
    assertThatThrownBy(() -> Abreast.all(1, work)).isSameAs(failure);
    assertThat(begun).hasValue(2);
  }
}
