package dev.picasso.format.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTextTest {
  private static String lines(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "red\\ngreen\\n\\nblue\\n ~ red;green;blue",
        "2 blue\\n0 red\\n1 green ~ red;green;blue",
        "0:red\\n2: blue\\n1 : green ~ red;green;blue",
        "0,red\\n1,green\\n2,blue ~ red;green;blue",
        "1\\tgreen\\n0\\tred ~ red;green",
        "1. red\\n2. green\\n3. blue ~ red;green;blue",
        "0 - red\\n1 - green ~ red;green",
        "0) red\\n1) green ~ red;green",
        "10 k\\n0 a\\n1 b\\n2 c\\n3 d\\n4 e\\n5 f\\n6 g\\n7 h\\n8 i\\n9 j ~ a;b;c;d;e;f;g;h;i;j;k",
        "red,0\\nblue,2\\ngreen,1 ~ red;green;blue",
        "index,label\\n1,green\\n0,red ~ red;green",
        "ClassId,SignName\\n0,Stop\\n1,\"Yield, then go\" ~ Stop;Yield, then go",
        "name,index\\ngreen,1\\nred,0 ~ red;green",
        "id,name,colour\\n1,leaf,#0f0\\n0,rose,#f00 ~ rose;leaf",
        "label\\nred\\ngreen ~ red;green",
        "Class Name\\nred\\ngreen ~ red;green",
        "\"red\"\\n\"dark green\" ~ red;dark green",
        "0\\tn01440764\\ttench\\n1\\tn01443537\\tgoldfish, Carassius ~ tench;goldfish, Carassius",
        "n01440764 tench, Tinca tinca\\nn01443537 goldfish ~ tench, Tinca tinca;goldfish",
        "0\\n1\\n2 ~ 0;1;2",
        "1\\n0 ~ 1;0",
        "0 0\\n1 1 ~ 0;1",
        "digit 0\\ndigit 1 ~ digit 0;digit 1",
        "photo,0\\nphoto,1 ~ photo,0;photo,1",
        "7 seas\\n3 coins ~ 7 seas;3 coins",
        "0 red\\n0 green ~ 0 red;0 green",
        "background\\n1 tench\\n2 goldfish ~ background;1 tench;2 goldfish",
        "1 euro ~ 1 euro",
        "0 red ~ red",
        "name ~ name",
        "Ärztin\\n雪 ~ Ärztin;雪",
      })
  void linesAreNamesInTheOrderOfTheirIndices(String text, String names) {
    assertThat(LabelText.read(lines(text))).containsExactly(names.split(";"));
    assertThat(LabelText.read("\uFEFF" + lines(text).replace("\n", "\r\n")))
        .containsExactly(names.split(";"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "[\"a\", \"b\"] ~ a;b",
        "{\"1\": [\"n2\", \"b\"], \"0\": [\"n1\", \"a\"]} ~ a;b",
        "{\"b\": 1, \"a\": 0} ~ a;b",
        "{\"model_type\": \"vit\", \"id2label\": {\"0\": \"a\", \"1\": \"b\"}, \"label2id\": {}} ~"
            + " a;b",
        "{\"label2id\": {\"b\": 1, \"a\": 0}} ~ a;b",
        "{\"labels\": [\"a\", \"b\"], \"imageSize\": 224} ~ a;b",
        "{\"class_names\": [\"a\", \"b\"]} ~ a;b",
        "{\"class_to_idx\": {\"b\": 1, \"a\": 0}} ~ a;b",
        "[{\"id\": 0, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}] ~ a;b",
        "{'a': 0, 'b': 1} ~ a;b",
        "{0: 'a', 1: 'b'} ~ a;b",
        "['a', 'b',] ~ a;b",
      })
  void jsonAndWhatPythonPrintsAreRead(String text, String names) {
    assertThat(LabelText.read(text)).containsExactly(names.split(";"));
    assertThat(LabelText.read("\uFEFF\n" + text)).containsExactly(names.split(";"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{}",
        "[]",
        "{\"keras_version\": \"3.1\"}",
        "{\"a\": 0, \"b\": 2}",
        "{\"0\": \"a\", \"2\": \"b\"}",
        "[\"a\", {}]",
        "[1",
        "{\"labels\": {}}"
      })
  void whatIsNoListOfNamesGivesNone(String text) {
    assertThat(LabelText.read(text)).isEmpty();
  }

  @Test
  void whatIsTooLongForAListGivesNone() {
    assertThat(LabelText.read("0" + " ".repeat(1 << 20) + "\u2028x\n1 b")).isEmpty();
    assertThat(LabelText.read("x\n".repeat(200_000))).isEmpty();
  }

  @Test
  void textsOfTwoBytesACharacterAreReadByTheirMark() throws IOException {
    byte[] little = ("\uFEFFrot\ngrün").getBytes(StandardCharsets.UTF_16LE);
    byte[] big = ("\uFEFF[\"rot\", \"grün\"]").getBytes(StandardCharsets.UTF_16BE);
    assertThat(LabelText.read(little)).containsExactly("rot", "grün");
    assertThat(LabelText.read(big)).containsExactly("rot", "grün");
    assertThatThrownBy(() -> LabelText.read(new byte[] {'r', (byte) 0xFC, '\n'}))
        .isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void aValueOfMetadataIsAListInAnyOfThreeForms() {
    for (String value : List.of("a, b", "a\nb", "[\"a\",\"b\"]", "{0: 'a', 1: 'b'}", "a|b")) {
      assertThat(LabelText.readValue(value)).as(value).containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bom.txt", "bom.json", "shuffled.txt", "numcolon.txt", "csv.txt"})
  void theCollectedFilesAllSayTheSame(String name) throws IOException {
    assertThat(LabelText.read(Files.readAllBytes(TestData.require("faults/labels/" + name))))
        .containsExactly("red", "green", "blue");
  }
}
