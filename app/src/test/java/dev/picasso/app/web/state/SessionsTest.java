package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {
  @TempDir Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private Sessions sessions(int most) {
    return new Sessions(
        folder,
        Duration.ofMinutes(30),
        new Limits(most, 5, 5, 5, 5, 5, 1, 1),
        ServerSettings.Bounds.defaults(),
        clock);
  }

  private static Session kept(Sessions sessions) {
    return kept(sessions, "192.0.2.1");
  }

  private static Session kept(Sessions sessions, String address) {
    Session session = sessions.begin();
    sessions.keep(session, ClientAddress.of(address));
    return session;
  }

  /** One that holds an image. */
  private Session full(Sessions sessions, String address) throws IOException {
    Session session = sessions.begin();
    addImage(session);
    sessions.keep(session, ClientAddress.of(address));
    return session;
  }

  private static void addImage(Session session) throws IOException {
    StoredImage unused =
        TestSession.image(new ImageStore(ImageDecoder.standard(), new Thrift()), session);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anUnusedSessionEndsAndItsFilesGo() throws IOException {
    Sessions sessions = sessions(10);
    Session session = kept(sessions);
    addImage(session);
    assertThat(files()).isNotEmpty();
    now = now.plus(Duration.ofMinutes(29));
    sessions.endUnused();
    assertThat(sessions.find(session.id())).contains(session);
    now = now.plus(Duration.ofMinutes(29)); // it was used in between
    sessions.endUnused();
    assertThat(files()).isNotEmpty();
    now = now.plus(Duration.ofMinutes(31));
    sessions.endUnused();
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void whereThereAreTooManyAnEmptyOneGoesFirst() throws IOException {
    Sessions sessions = sessions(2);
    Session full = kept(sessions);
    addImage(full);
    now = now.plusSeconds(1);
    Session empty = kept(sessions);
    kept(sessions);
    assertThat(sessions.find(full.id())).isPresent();
    assertThat(sessions.find(empty.id())).isEmpty();
  }

  @Test
  void strangersWithManySessionsLoseTheirOwn() throws IOException {
    Sessions sessions = sessions(4);
    List<Session> people = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      people.add(full(sessions, "2001:db8:0:1::" + i));
      now = now.plusSeconds(1);
    }
    for (int i = 0; i < 20; i++) {
      full(sessions, i % 2 == 0 ? "2001:db8:0:2::" + i : "2001:db8:0:2:ffff::1");
      now = now.plusSeconds(1);
    }
    assertThat(people).allMatch(s -> sessions.find(s.id()).isPresent());
    assertThat(files()).hasSize(4 * 2);
  }

  @Test
  void whatHoldsWorkDoesNotGoForWhatHoldsNone() throws IOException {
    Sessions sessions = sessions(3);
    Session full = full(sessions, "192.0.2.1");
    for (int i = 0; i < 300; i++) {
      now = now.plusSeconds(1);
      kept(sessions, "192.0.2." + i % 200);
    }
    assertThat(sessions.find(full.id())).isPresent();
    full(sessions, "192.0.2.1");
    full(sessions, "192.0.2.1");
    Session empty = kept(sessions, "198.51.100.1");
    assertThat(sessions.find(empty.id())).as("all others hold work").isEmpty();
    assertThat(sessions.find(full.id())).isPresent();
  }

  @Test
  void ofOneAddressTheLongestUnusedGoes() throws IOException {
    Sessions sessions = sessions(3);
    List<Session> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(full(sessions, "192.0.2.1"));
      now = now.plusSeconds(1);
      sessions.find(all.get(0).id());
    }
    assertThat(all.stream().map(s -> sessions.find(s.id()).isPresent()))
        .containsExactly(true, false, false, true, true);
  }

  @Test
  void whatIsNotKeptIsFoundByNobodyAndLeavesNothing() throws IOException {
    Sessions sessions = sessions(3);
    Session session = sessions.begin();
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(session.newFolder()).exists();
    assertThat(sessions.forget(session)).isTrue();
    assertThat(folder).isEmptyDirectory();
    addImage(session);
    assertThat(sessions.forget(session)).as("it holds something now").isFalse();
    assertThat(files()).hasSize(2);
  }

  @Test
  void deletedImagesDoNotFillTheDisk() throws IOException {
    Session session = kept(sessions(2));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) { // the limit is 5
      addImage(session);
      ids.add(session.images().get(0).id());
      assertThat(session.delete(ids.get(i))).isTrue();
    }
    assertThat(session.image(ids.get(1))).isEmpty();
    assertThat(session.restore(ids.get(2))).isPresent();
    assertThat(files()).hasSize(10).noneMatch(f -> f.toString().contains(ids.get(0)));
  }

  @Test
  void whatAnImageIsCalledMakesNoRoom() throws IOException {
    Sessions sessions = sessions(10);
    Session session = kept(sessions);
    addImage(session);
    long one = sessions.bytes();
    addImage(session);
    StoredImage first = session.images().get(0);
    first.keepLabel(Optional.of("a long name of a class"));
    assertThat(session.delete(first.id())).isTrue();
    assertThat(session.makeRoom()).isTrue();
    assertThat(sessions.bytes()).isEqualTo(one);
  }

  @Test
  void anImageThatArrivesAfterStartingOverIsNotTaken() throws IOException {
    Session session = kept(sessions(2));
    byte[] png = TestSession.png();
    ImageStore store = new ImageStore(ImageDecoder.standard(), new Thrift());
    assertThatThrownBy(
            () ->
                store.add(
                    session,
                    "late.png",
                    png.length,
                    file -> {
                      session.reset();
                      Files.write(session.folder().resolve(file), png);
                    }))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("late.png: everything was removed");
    assertThat(session.images()).isEmpty();
    assertThat(files()).isEmpty();
    addImage(session);
    assertThat(session.images()).hasSize(1);
  }

  /** A model that the session owns, whose file is of no format. */
  private static ServedModel opened(Session session, ModelLoading loading) throws IOException {
    Path file = Files.writeString(session.newFolder().resolve("mine.onnx"), "four");
    session.take(4);
    ServedModel model = new ServedModel(ConfiguredModel.of(file), loading);
    assertThat(session.addModel(model)).isTrue();
    return model;
  }

  @Test
  void aModelThatWasTakenAwayIsThereForTenMinutes() throws IOException {
    Sessions sessions = sessions(10);
    Session session = kept(sessions);
    try (ModelLoading loading = new ModelLoading(Device.CPU)) {
      session.takeAway(opened(session, loading).id(), now);
      assertThat(session.models()).isEmpty();
      now = now.plus(RemovedModel.RESTORABLE);
      sessions.endUnused();
      RemovedModel gone = session.removedModels().get(0);
      ServedModel again = gone.model().copied(gone.model().configured(), loading);
      assertThat(session.putBack(gone, again)).isTrue();
      assertThat(session.model("mine")).contains(again);
      assertThat(session.putBack(gone, again)).as("once").isFalse();
      session.takeAway(again.id(), now);
      now = now.plus(RemovedModel.RESTORABLE).plusSeconds(1);
      sessions.endUnused();
      assertThat(session.removedModels()).isEmpty();
      assertThat(files()).isEmpty();
      assertThat(sessions.bytes()).isZero();
    }
  }

  @Test
  void aModelThatWasTakenAwayMakesRoom() throws IOException {
    Sessions sessions = sessions(10);
    Session session = kept(sessions);
    try (ModelLoading loading = new ModelLoading(Device.CPU)) {
      session.takeAway(opened(session, loading).id(), now);
      assertThat(session.makeRoom()).isTrue();
      assertThat(session.removedModels()).isEmpty();
      assertThat(sessions.bytes()).isZero();
      assertThat(session.makeRoom()).isFalse();
    }
  }

  @Test
  void onlyFoldersInsideASessionAreDiscarded() throws IOException {
    Session session = kept(sessions(2));
    Path inside = session.newFolder();
    Path other = Files.createDirectory(folder.resolve("other"));
    session.discard(inside);
    session.discard(other);
    session.discard(session.folder());
    assertThat(inside).doesNotExist();
    assertThat(other).exists();
    assertThat(session.folder()).exists();
  }

  @Test
  void closingLeavesNothing() throws IOException {
    Sessions sessions = sessions(2);
    addImage(kept(sessions));
    sessions.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void theFolderOfACrashedServerGoesAndThatOfALivingOneStays() throws IOException {
    Path crashed = Files.createDirectories(folder.resolve("picasso-web-1"));
    Files.writeString(crashed.resolve("left.image"), "x");
    Files.writeString(crashed.resolve("lock"), "");
    Files.setLastModifiedTime(
        crashed.resolve("lock"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path strange = Files.createDirectories(folder.resolve("picasso-web-2"));
    Files.writeString(strange.resolve("no lock"), "x");
    try (WorkFolder first = WorkFolder.in(folder)) {
      Files.setLastModifiedTime(
          first.path().resolve("lock"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
      try (WorkFolder second = WorkFolder.in(folder)) {
        assertThat(crashed).doesNotExist();
        assertThat(strange).exists();
        assertThat(first.path()).exists();
        assertThat(second.path()).isNotEqualTo(first.path());
      }
      assertThat(first.path().resolve("lock")).exists();
    }
    assertThat(folder.toFile().list()).containsExactly("picasso-web-2");
  }

  @ParameterizedTest
  @CsvSource({
    "photo.jpg, photo.jpg, photo.jpg",
    "my photo (1).jpg, my photo (1).jpg, my_photo_1.jpg",
    "../../etc/passwd, passwd, passwd",
    "C:\\temp\\a.png, a.png, a.png",
    ".htaccess, .htaccess, htaccess",
    "con.png, con.png, file.png",
    "'  ', image, file",
    "日本.png, 日本.png, png"
  })
  void namesOfStrangersAreMadeSafe(String given, String shown, String file) {
    assertThat(Names.shown(given)).isEqualTo(shown);
    assertThat(Names.file(given)).isEqualTo(file);
  }
}
