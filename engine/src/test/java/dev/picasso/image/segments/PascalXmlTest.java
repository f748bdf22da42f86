package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.ImageException;
import dev.picasso.image.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PascalXmlTest {
  @TempDir Path folder;

  private Annotations read(String text) throws IOException {
    return PascalXml.read(Files.writeString(folder.resolve("a.xml"), text));
  }

  @Test
  void boxesCountFrom1AndTheirLastPixelsAreIn() throws IOException {
    Annotations read =
        read(
            """
            <?xml version="1.0"?>
            <annotation>
              <folder>VOC2007</folder><filename>000005.jpg</filename>
              <size><width>50</width><height>40</height><depth>3</depth></size>
              <object>
                <name>chair</name><pose>Rear</pose>
                <bndbox><xmin>3</xmin><ymin>5</ymin><xmax>12</xmax><ymax>20</ymax></bndbox>
                <part><name>leg</name>
                  <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>50</xmax><ymax>40</ymax></bndbox>
                </part>
              </object>
              <object><name>dog</name>
                <bndbox><xmax>50</xmax><xmin>50.0</xmin><ymin>40</ymin><ymax>40</ymax></bndbox>
              </object>
            </annotation>
            """);
    Mask chair = read.mask("a.jpg", 50, 40, Optional.of("chair")).get();
    assertThat(chair.bounds()).isEqualTo(new Window(2, 4, 10, 16));
    assertThat(chair.area()).isEqualTo(160);
    assertThat(read.mask("a.jpg", 50, 40, Optional.empty()).get().area()).isEqualTo(161);
    assertThatThrownBy(() -> read.mask("a.jpg", 40, 50, Optional.empty()))
        .hasMessage("a.xml says that the picture has 50 × 40 pixels; a.jpg has 40 × 50.");
  }

  static Stream<Arguments> hostile() throws IOException {
    String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
    String laughs =
        "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;&l;\"><!ENTITY n \"&m;&m;&m;\">]>";
    return Stream.of(
        Arguments.of(entity + "<annotation>&x;</annotation>", "document type or entities"),
        Arguments.of(laughs + "<annotation>&n;</annotation>", "document type or entities"),
        Arguments.of(
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><annotation/>",
            "document type or entities"),
        Arguments.of("<annotation>&x;</annotation>", "document type or entities"),
        Arguments.of("<svg/>", "it is no <annotation>"),
        Arguments.of("<annotation>" + "<a>".repeat(100), "no XML of Pascal VOC"),
        Arguments.of("no XML", "no XML of Pascal VOC ("),
        Arguments.of("<annotation><object>", "no XML of Pascal VOC ("),
        Arguments.of("<annotation><object/></annotation>", "has an object without xmin"),
        Arguments.of(
            "<annotation><size><width>99999999999</width></size></annotation>",
            "says that the picture's width is 99999999999"),
        Arguments.of(
            "<annotation><object><bndbox><xmin>NaN</xmin></bndbox></object></annotation>",
            "has 'NaN' for xmin, which is no number"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileOrBrokenFileSaysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("a.xml ")
        .hasMessageContaining(message);
  }
}
