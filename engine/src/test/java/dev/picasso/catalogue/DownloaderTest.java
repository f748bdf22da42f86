package dev.picasso.catalogue;

import static dev.picasso.catalogue.Publisher.cutAfter;
import static dev.picasso.catalogue.Publisher.redirect;
import static dev.picasso.catalogue.Publisher.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.picasso.catalogue.Publisher.Manner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on this machine that misbehaves in every way a network knows. */
class DownloaderTest {
  private static final byte[] CONTENT = content(300_000);
  private static final int HALF = CONTENT.length / 2;
  private static final Downloader PATIENT = Downloader.standard();

  @TempDir Path folder;

  private final Publisher publisher = Publisher.open();

  @AfterEach
  void close() {
    publisher.close();
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private boolean fetch(RemoteFile file) {
    return PATIENT.fetch(file, folder, PullListener.NONE);
  }

  private RemoteFile given(Manner manner) {
    return publisher.file("m", CONTENT, manner);
  }

  private Path part() {
    return folder.resolve("m.part");
  }

  /** The beginning of the file, as an earlier attempt left it. */
  private void leavePart(int bytes) throws IOException {
    Files.write(part(), Arrays.copyOf(CONTENT, bytes));
  }

  private void requireComplete() {
    assertThat(folder.resolve("m")).hasBinaryContent(CONTENT);
    assertThat(part()).doesNotExist();
  }

  @Test
  void aFileArrivesWholeAndItsProgressIsTold() {
    List<Long> told = new ArrayList<>();
    RemoteFile file = given(Publisher::well);
    assertThat(PATIENT.fetch(file, folder, telling(told))).isTrue();
    requireComplete();
    assertThat(told).isSorted().endsWith((long) CONTENT.length);
  }

  private static PullListener telling(List<Long> told) {
    return new PullListener() {
      @Override
      public void progress(long bytes, long of) {
        assertThat(of).isEqualTo(CONTENT.length);
        told.add(bytes);
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }

  @Test
  void whatIsThereIsNotAskedForAgain() throws IOException {
    Files.write(folder.resolve("m"), CONTENT);
    leavePart(HALF);
    assertThat(fetch(given(status(500)))).isFalse();
    assertThat(publisher.asked()).isEmpty();
    requireComplete();
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    byte[] damaged = CONTENT.clone();
    damaged[5]++;
    Files.write(folder.resolve("m"), damaged);
    assertThat(fetch(given(Publisher::well))).isTrue();
    requireComplete();
  }

  @Test
  void itGoesOnWhereAnEarlierAttemptEnded() throws IOException {
    leavePart(HALF);
    fetch(given(Publisher::well));
    requireComplete();
    assertThat(publisher.asked()).containsExactly("/m bytes=" + HALF + "-");
  }

  @Test
  void aBrokenConnectionIsMadeAnewAndGoesOn() {
    AtomicInteger times = new AtomicInteger();
    fetch(
        given(
            (exchange, content) -> {
              Manner manner = times.getAndIncrement() == 0 ? cutAfter(HALF) : Publisher::well;
              manner.answer(exchange, content);
            }));
    requireComplete();
    assertThat(publisher.asked()).hasSize(2);
    assertThat(publisher.asked().get(1)).matches("/m bytes=[1-9]\\d*-");
  }

  @Test
  void aConnectionThatKeepsBreakingLeavesItsPartForTheNextPull() throws IOException {
    AtomicInteger times = new AtomicInteger();
    RemoteFile file =
        given(
            (exchange, content) -> {
              Manner manner = times.getAndIncrement() < 5 ? cutAfter(20_000) : Publisher::well;
              manner.answer(exchange, content);
            });
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("127.0.0.1: the connection broke after ")
        .hasMessageContaining("of 300 kB")
        .hasMessageContaining("the next attempt goes on from there");
    assertThat(publisher.asked()).hasSize(5);
    assertThat(Files.size(part())).isPositive();
    fetch(file);
    requireComplete();
  }

  @Test
  void aConnectionThatBringsNothingNewIsNotTriedForever() throws IOException {
    leavePart(HALF);
    RemoteFile file = given(cutAfter(0));
    assertThatThrownBy(() -> fetch(file)).hasMessageContaining("150 kB of 300 kB");
    assertThat(publisher.asked()).hasSize(1);
    assertThat(Files.size(part())).isEqualTo(HALF);
  }

  @Test
  void aServerThatKnowsNoRangesStartsAgain() throws IOException {
    leavePart(HALF);
    fetch(given(Publisher::whole));
    requireComplete();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 150000-299999/400000",
        "bytes 149999-299999/300000",
        "bytes 150000-299999/*",
        "nonsense",
        ""
      })
  void aRestThatIsNotTheOneAskedForStartsAgain(String range) throws IOException {
    leavePart(HALF);
    fetch(
        given(
            (exchange, content) -> {
              if (Publisher.from(exchange) == 0) {
                Publisher.well(exchange, content);
                return;
              }
              if (!range.isEmpty()) {
                Publisher.range(exchange, range);
              }
              Publisher.body(exchange, 206, new byte[HALF]);
            }));
    requireComplete();
    assertThat(publisher.asked()).containsExactly("/m bytes=150000-", "/m");
  }

  @Test
  void aRangeThatCannotBeGivenStartsAgain() throws IOException {
    leavePart(HALF);
    fetch(
        given(
            (exchange, content) -> {
              Manner manner = Publisher.from(exchange) > 0 ? status(416) : Publisher::well;
              manner.answer(exchange, content);
            }));
    requireComplete();
  }

  @Test
  void aPartThatIsTooLongStartsAgain() throws IOException {
    Files.write(part(), new byte[CONTENT.length + 1]);
    fetch(given(Publisher::well));
    requireComplete();
    assertThat(publisher.asked()).containsExactly("/m");
  }

  @Test
  void aPartThatIsWholeIsOnlyChecked() throws IOException {
    leavePart(CONTENT.length);
    fetch(given(status(500)));
    requireComplete();
    assertThat(publisher.asked()).isEmpty();
  }

  @Test
  void aWrongPartIsFoundOutAndDoesNotStay() throws IOException {
    Files.write(part(), new byte[HALF]);
    RemoteFile file = given(Publisher::well);
    assertThatThrownBy(() -> fetch(file)).hasMessageContaining("its checksum is SHA-256");
    fetch(file);
    requireComplete();
  }

  @Test
  void redirectsAreFollowed() {
    publisher.give("/there", CONTENT, Publisher::well);
    publisher.give("/a", CONTENT, redirect("/b"));
    URI first = publisher.address("/a");
    publisher.give("/b", CONTENT, redirect(publisher.address("/there").toString()));
    fetch(Publisher.file("m", CONTENT, first));
    requireComplete();
  }

  @Test
  void aRangeIsAskedForBehindARedirectToo() throws IOException {
    leavePart(HALF);
    publisher.give("/there", CONTENT, Publisher::well);
    fetch(given(redirect("/there")));
    requireComplete();
    assertThat(publisher.asked()).contains("/there bytes=150000-");
  }

  @Test
  void aLoopOfRedirectsIsRefused() {
    RemoteFile file = given(redirect("/m"));
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("127.0.0.1: leads from address to address");
    assertThat(publisher.asked()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://models.example/m",
        "http://10.0.0.1/m",
        "http://127.0.0.1.models.example/m",
        "file:///etc/passwd",
        "ftp://models.example/m"
      })
  void nothingUnencryptedIsFollowed(String location) {
    RemoteFile file = given(redirect(location));
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("leads to " + location + ", which is no https address");
    RemoteFile direct = Publisher.file("m", CONTENT, URI.create(location));
    assertThatThrownBy(() -> fetch(direct)).hasMessageContaining("no https address");
  }

  @Test
  void aRedirectWithoutAnAddressIsTold() {
    RemoteFile file = given(status(302));
    assertThatThrownBy(() -> fetch(file))
        .hasMessageContaining("answers 302 without saying where the file is now");
  }

  @ParameterizedTest
  @CsvSource({
    "404, the file is not there any more",
    "403, it does not give the file to you",
    "429, it was asked too often",
    "503, it has a problem of its own",
    "206, answers 206",
    "418, answers 418"
  })
  void aRefusalIsToldWithWhatToDo(int status, String words) {
    RemoteFile file = given(status(status));
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("m cannot be downloaded.\n  127.0.0.1: answers " + status)
        .hasMessageContaining(words)
        .hasMessageContaining("-Dhttps.proxyHost=HOST")
        .hasMessageContaining(file.addresses().get(0).toString())
        .hasMessageContaining("put it at\n  " + folder.resolve("m"));
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    RemoteFile file = given(Publisher::well);
    publisher.close();
    assertThatThrownBy(() -> fetch(file))
        .hasMessageContaining("127.0.0.1: cannot be reached")
        .hasMessageContaining("(no connection)");
    RemoteFile nowhere = Publisher.file("m", CONTENT, URI.create("https://nowhere.invalid/m"));
    assertThatThrownBy(() -> fetch(nowhere))
        .hasMessageContaining("nowhere.invalid: cannot be reached")
        .hasMessageContaining("is there a network?");
  }

  @Test
  void aWrongChecksumNamesBothAndLeavesNothing() {
    byte[] other = content(CONTENT.length);
    other[17]++;
    URI address = publisher.give("/m", other, Publisher::well);
    RemoteFile file = Publisher.file("m", CONTENT, address);
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(Publisher.sha256(other).toString())
        .hasMessageContaining(Publisher.sha256(CONTENT).hex());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theNextAddressIsAskedWhereOneFails() {
    URI gone = publisher.give("/gone", CONTENT, status(404));
    URI broken = publisher.give("/broken", CONTENT, cutAfter(HALF));
    URI good = publisher.give("/good", CONTENT, Publisher::well);
    fetch(Publisher.file("m", CONTENT, gone, broken, good));
    requireComplete();
  }

  @Test
  void whatEveryAddressSaidIsTold() {
    RemoteFile file =
        Publisher.file(
            "m",
            CONTENT,
            publisher.give("/a", CONTENT, status(404)),
            publisher.give("/b", CONTENT, status(503)));
    assertThatThrownBy(() -> fetch(file))
        .hasMessageContaining("answers 404")
        .hasMessageContaining("answers 503");
  }

  @Test
  void aWrongSizeIsSeenBeforeAnythingIsTaken() throws IOException {
    leavePart(HALF);
    URI address = publisher.give("/m", new byte[1234], Publisher::whole);
    RemoteFile file = Publisher.file("m", CONTENT, address);
    assertThatThrownBy(() -> fetch(file))
        .hasMessageContaining("offers 1234 bytes where there should be 300000")
        .hasMessageContaining("login page");
    assertThat(Files.size(part())).as("what was there").isEqualTo(HALF);
  }

  @Test
  void noByteMoreIsTakenThanThereShouldBe() {
    AtomicInteger sent = new AtomicInteger();
    RemoteFile file = given((exchange, content) -> endless(exchange, sent));
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("sends more than the 300000 bytes");
    assertThat(folder.resolve("m.part")).isEmptyFile();
  }

  /** Until the other side has enough of it. */
  private static void endless(HttpExchange exchange, AtomicInteger sent) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] some = new byte[10_000];
    while (sent.addAndGet(some.length) < 1 << 30) {
      exchange.getResponseBody().write(some);
    }
  }

  @Test
  void aFileOfUnknownLengthIsTaken() {
    fetch(given(Publisher::unannounced));
    requireComplete();
  }

  @Test
  void aFileThatEndsTooEarlyIsNotTaken() {
    byte[] half = Arrays.copyOf(CONTENT, HALF);
    URI address = publisher.give("/m", half, Publisher::unannounced);
    RemoteFile file = Publisher.file("m", CONTENT, address);
    assertThatThrownBy(() -> fetch(file))
        .hasMessageContaining("150 kB of 300 kB (the server ended too early)");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void aSilentServerIsNotWaitedForForever() {
    Downloader hasty = new Downloader(Duration.ofSeconds(1));
    RemoteFile stalling = publisher.file("m", CONTENT, publisher::stall);
    assertThatThrownBy(() -> hasty.fetch(stalling, folder, PullListener.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("nothing came for 1 s");
    RemoteFile silent = publisher.file("silent", CONTENT, publisher::silence);
    assertThatThrownBy(() -> hasty.fetch(silent, folder, PullListener.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("no answer for 1 s");
  }

  @Test
  void aPersonCanStopItAndGoOnLater() throws IOException {
    AtomicInteger times = new AtomicInteger();
    RemoteFile file =
        given(
            (exchange, content) -> {
              Manner manner = times.getAndIncrement() == 0 ? publisher::stall : Publisher::well;
              manner.answer(exchange, content);
            });
    assertThatThrownBy(() -> PATIENT.fetch(file, folder, new StopsAt(1)))
        .isInstanceOf(PullCancelledException.class);
    assertThat(Files.size(part())).isPositive();
    fetch(file);
    requireComplete();
    assertThat(publisher.asked().get(1)).contains("bytes=");
  }

  @Test
  void aPersonCanStopItBeforeAnythingCame() {
    RemoteFile file = publisher.file("m", CONTENT, publisher::silence);
    assertThatThrownBy(() -> PATIENT.fetch(file, folder, new StopsAt(0)))
        .isInstanceOf(PullCancelledException.class);
  }

  /** Wants to stop once so many bytes have come. */
  static final class StopsAt implements PullListener {
    private final long wanted;
    private long came;

    StopsAt(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void progress(long bytes, long of) {
      came = bytes;
    }

    @Override
    public boolean cancelled() {
      return came >= wanted;
    }
  }
}
