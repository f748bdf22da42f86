package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.app.web.wire.ClientAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NewestOnlyTest {
  private static final ClientAddress HERE = new ClientAddress("here");
  private static final ClientAddress THERE = new ClientAddress("there");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<String> answered = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() {
    done.countDown();
    threads.shutdownNow();
  }

  private static NewestOnly<String> room(int most, int mostOfAddress) {
    return new NewestOnly<>(most, mostOfAddress, Duration.ofSeconds(50));
  }

  /** Somebody whose question takes until the test lets it end. */
  private Future<?> occupy(NewestOnly<String> room) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> first =
        threads.submit(
            () ->
                room.answer(
                    "first",
                    HERE,
                    () -> {
                      begun.countDown();
                      await(done);
                      return answered.add("first");
                    }));
    begun.await();
    return first;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks, and comes back when the question waits. */
  private CompletableFuture<Boolean> ask(
      NewestOnly<String> room, String person, ClientAddress from, String question, int waiting) {
    CompletableFuture<Boolean> answer =
        CompletableFuture.supplyAsync(
            () -> room.answer(person, from, () -> answered.add(question)), threads);
    while (room.waiting() < waiting && !answer.isDone()) {
      Thread.onSpinWait();
    }
    return answer;
  }

  @Test
  void whoIsAloneWaitsForNobody() {
    NewestOnly<String> room = room(0, 0);
    for (int i = 0; i < 100; i++) {
      int question = i;
      assertThat(room.answer("a", HERE, () -> question)).isEqualTo(i);
    }
  }

  @Test
  void aNewerQuestionTakesThePlaceOfTheOneThatWaits() throws Exception {
    NewestOnly<String> room = room(9, 9);
    var unused = occupy(room);
    CompletableFuture<Boolean> older = ask(room, "a", HERE, "a1", 1);
    CompletableFuture<Boolean> other = ask(room, "b", HERE, "b1", 2);
    CompletableFuture<Boolean> newer = ask(room, "a", HERE, "a2", 2);
    assertThatThrownBy(() -> older.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(NotNowException.class, e -> assertThat(e.isOvertaken()).isTrue());
    done.countDown();
    CompletableFuture.allOf(newer, other).get(30, TimeUnit.SECONDS);
    assertThat(answered).as("it keeps the place").containsExactly("first", "a2", "b1");
    assertThat(room.waiting()).isZero();
  }

  @Test
  void addressesTakeTurnsHoweverManyPeopleOneHas() throws Exception {
    NewestOnly<String> room = room(9, 9);
    var unused = occupy(room);
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (String person : List.of("a", "b", "c")) {
      all.add(ask(room, person, HERE, person, all.size() + 1));
    }
    all.add(ask(room, "z", THERE, "z", 4));
    done.countDown();
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(answered).containsExactly("first", "a", "z", "b", "c");
  }

  @Test
  void noMoreWaitThanMay() throws Exception {
    NewestOnly<String> room = room(3, 2);
    var unused = occupy(room);
    var unusedA = ask(room, "a", HERE, "a", 1);
    var unusedB = ask(room, "b", HERE, "b", 2);
    refuses(room, "c", HERE);
    var unusedD = ask(room, "d", THERE, "d", 3);
    refuses(room, "e", THERE);
    assertThat(room.waiting()).isEqualTo(3);
  }

  private void refuses(NewestOnly<String> room, String person, ClientAddress from) {
    assertThatThrownBy(() -> room.answer(person, from, () -> answered.add(person)))
        .isInstanceOfSatisfying(NotNowException.class, e -> assertThat(e.isOvertaken()).isFalse())
        .hasMessageStartingWith("Too many ask at once");
  }

  @Test
  void whoHasWaitedTooLongHoldsNobodyUp() throws Exception {
    NewestOnly<String> room = new NewestOnly<>(9, 9, Duration.ofMillis(1));
    Future<?> first = occupy(room);
    refuses(room, "a", HERE);
    assertThat(room.waiting()).isZero();
    done.countDown();
    first.get();
    assertThat(room.answer("b", HERE, () -> answered.add("b"))).isTrue();
    assertThat(answered).containsExactly("first", "b");
  }

  @Test
  void aQuestionThatFailsLetsTheNextOneIn() {
    NewestOnly<String> room = room(0, 0);
    assertThatThrownBy(
            () ->
                room.answer(
                    "a",
                    HERE,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(room.answer("b", HERE, () -> 1)).isEqualTo(1);
  }
}
