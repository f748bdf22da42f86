package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiskTest {
  private final Disk disk = new Disk(100, 150);
  private final Person one = new Person(disk);
  private final Person other = new Person(disk);

  /** Somebody who has some bytes that may go. */
  private static final class Person implements Disk.Owner {
    private final Disk disk;
    private int removable;

    Person(Disk disk) {
      this.disk = disk;
    }

    @Override
    public boolean makeRoom() {
      if (removable == 0) {
        return false;
      }
      removable--;
      disk.giveBack(this, 10);
      return true;
    }
  }

  @Test
  void nobodyTakesMoreThanTheirShare() {
    disk.take(one, 90);
    assertThatThrownBy(() -> disk.take(one, 11))
        .isInstanceOf(NoRoomException.class)
        .hasMessageContaining("start over");
    assertThat(disk.of(one)).isEqualTo(90);
    disk.take(one, 10);
    disk.giveBack(one, 30);
    disk.take(one, 30);
  }

  @Test
  void allTogetherTakeNoMoreThanThereIs() {
    disk.take(one, 100);
    disk.take(other, 50);
    assertThatThrownBy(() -> disk.take(other, 1))
        .isInstanceOf(NoRoomException.class)
        .hasMessageContaining("All files on this server");
    disk.giveBackAll(one);
    disk.take(other, 50);
  }

  @Test
  void aPersonsOwnOldestGoesWhereTheirShareIsReached() {
    disk.take(one, 95);
    other.removable = 3;
    one.removable = 2;
    disk.take(one, 20);
    assertThat(one.removable).isZero();
    assertThat(other.removable).isEqualTo(3);
    assertThat(disk.of(one)).isEqualTo(95);
  }

  @Test
  void whoHasMostYieldsWhereAllIsTaken() {
    disk.take(one, 90);
    disk.take(other, 60);
    one.removable = 3;
    other.removable = 3;
    disk.take(other, 15);
    assertThat(one.removable).isEqualTo(1);
    assertThat(other.removable).isEqualTo(3);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IOException("/tmp/x: No space left on device"), true),
        Arguments.of(new IllegalStateException(new IOException("Disk quota exceeded")), true),
        Arguments.of(new IOException("There is not enough space on the disk"), true),
        Arguments.of(new IOException("Permission denied"), false),
        Arguments.of(new IllegalStateException("no space left"), false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFullDiskIsKnownByItsWords(Throwable problem, boolean full) {
    assertThat(NoRoomException.isFullDisk(problem)).isEqualTo(full);
  }
}
