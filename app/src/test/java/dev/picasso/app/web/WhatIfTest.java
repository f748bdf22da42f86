package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a model of 4×4 pixels that tells which colour there is most of. */
class WhatIfTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static final String ASK = "/api/v1/models/colours/what-if";

  private final Client person = SERVER.person();
  private String image = "";
  private String blue = "";

  /** Red, with a green quarter at the right. */
  @BeforeEach
  void send() {
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      picture.setRGB(i % 8, i / 8, (i % 8 < 6 ? Color.RED : Color.GREEN).getRGB());
    }
    image = person.image("mostly-red.png", Pictures.png(picture));
    blue = person.image("blue.png", Pictures.png(16, 4, Color.BLUE));
  }

  private JsonNode told(Map<String, ?> supposition) {
    Answer answer = person.post(ASK, supposition);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** How much more probable a class has become. */
  private static double change(JsonNode told, String label) {
    for (JsonNode one : told.path("classes")) {
      if (one.path("label").asText().equals(label)) {
        return one.path("after").asDouble() - one.path("before").asDouble();
      }
    }
    throw new IllegalStateException(told.toString());
  }

  @Test
  void aBoxIsHiddenByWhatIsAsked() {
    JsonNode told = told(Map.of("image", image, "box", "0,0,6,8", "fill", "black"));
    assertThat(told.path("pixels").asInt()).isEqualTo(3 * 4);
    assertThat(change(told, "red")).isLessThan(-.1);
    assertThat(change(told, "green")).isGreaterThan(.1);
    JsonNode white = told(Map.of("image", image, "box", "0,0,6,8", "fill", "white"));
    assertThat(change(white, "blue")).isGreaterThan(change(told, "blue"));
  }

  /** Five columns of two rows, of which the last is painted: a fifth of the picture. */
  @Test
  void aMaskLiesOverThePictureWhateverItsSize() {
    JsonNode fifth =
        told(
            Map.of(
                "image",
                image,
                "mask",
                Map.of("size", List.of(2, 5), "counts", List.of(8, 2)),
                "fill",
                "black"));
    JsonNode box = told(Map.of("image", image, "box", "6,0,2,8", "fill", "black"));
    assertThat(fifth).isEqualTo(box);
    assertThat(box.path("pixels").asInt()).isEqualTo(4);
  }

  @Test
  void aPieceOfAnotherImageIsPasted() {
    JsonNode told = told(Map.of("image", image, "box", "0,0,8,8", "paste", Map.of("image", blue)));
    assertThat(change(told, "blue")).isGreaterThan(.3);
    JsonNode piece =
        told(
            Map.of(
                "image",
                blue,
                "box",
                "0,0,16,4",
                "paste",
                Map.of("image", image, "box", "6,0,2,8")));
    assertThat(change(piece, "green")).isGreaterThan(.3);
    assertThat(change(piece, "red")).isBetween(-.01, .01);
  }

  @Test
  void whatTheModelDoesNotSeeChangesNothing() {
    JsonNode told =
        told(
            Map.of(
                "image",
                image,
                "mask",
                Map.of("size", List.of(8, 8), "counts", List.of(63, 1)))); // a quarter of a pixel
    assertThat(told.path("pixels").asInt()).isZero();
    assertThat(change(told, "red")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'box': '0,0,9,8' | 400 | The box ends at 9, 8; mostly-red.png has 8 × 8 pixels.",
        "'box': '0,0,8' | 400 | '0,0,8' is no box;",
        "'box': '0,0,8,8', 'fill': 'gray' | 400 | did you mean grey?",
        "'box': '0,0,8,8', 'fill': [] | 400 | \"fill\" must be a text.",
        "'fill': 'grey' | 400 | What is changed? Send \"box\"",
        "'box': '0,0,8,8', 'mask': {} | 400 | one of them.",
        "'box': '0,0,8,8', 'nix': 1 | 400 | There is no \"nix\"",
        "'mask': {} | 400 | \"mask\" needs a \"size\", rows and columns, both between 1 and 2048.",
        "'mask': 'x' | 400 | \"mask\" needs a \"size\"",
        "'mask': {'size': [8, 2049], 'counts': []} | 400 | both between 1 and 2048.",
        "'mask': {'size': [8, 1e99], 'counts': []} | 400 | both between 1 and 2048.",
        "'mask': {'size': [0, 8], 'counts': []} | 400 | both between 1 and 2048.",
        "'mask': {'size': [8, 8]} | 400 | \"mask\" needs \"counts\", a list of at most 100000",
        "'mask': {'size': [8, 8], 'counts': [-1, 65]} | 400 | must be whole numbers, not negative.",
        "'mask': {'size': [8, 8], 'counts': ['a']} | 400 | must be whole numbers, not negative.",
        "'mask': {'size': [8, 8], 'counts': [60, 5]} | 400 | longer than the picture: 8 × 8"
            + " pixels.",
        "'mask': {'size': [8, 8], 'counts': [60]} | 400 | end before the picture does",
        "'mask': {'size': [1, 1], 'counts': [2147483647, 2147483647]} | 400 | longer than the",
        "'mask': {'size': [8, 8], 'counts': [64]}, 'paste': {'image': 'x'} | 400 | has no \"mask\"",
        "'box': '0,0,8,8', 'paste': {'image': 'x'}, 'fill': 'blur' | 400 | and no \"fill\"",
        "'box': '0,0,8,8', 'paste': 'x' | 400 | \"paste\" must be an object",
        "'box': '0,0,8,8', 'paste': {} | 400 | \"image\" is missing",
        "'box': '0,0,8,8', 'paste': {'image': 'x'} | 404 | There is no image x",
        "'box': '0,0,8,8', 'paste': {'image': 'BLUE', 'box': '0,0,17,1'} | 400 | blue.png has 16 ×"
            + " 4",
      })
  void whatMakesNoSenseIsRefused(String rest, int status, String message) {
    String body = "{\"image\": \"" + image + "\", " + rest.replace('\'', '"') + "}";
    Answer answer = person.post(ASK, body.replace("BLUE", blue));
    assertThat(answer.problem()).contains(message);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void moreCountsThanAMaskNeedsAreRefused() {
    String counts = "0,".repeat(100_000) + "64";
    Answer answer =
        person.post(
            ASK,
            "{\"image\":\"%s\",\"mask\":{\"size\":[8,8],\"counts\":[%s]}}"
                .formatted(image, counts));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).contains("at most 100000 numbers");
  }

  @Test
  void imagesOfOthersAreNotPasted() {
    Client other = SERVER.person();
    String theirs = other.image("theirs.png", Pictures.png(8, 8, Color.BLUE));
    assertThat(
            person
                .post(
                    ASK, Map.of("image", image, "box", "0,0,8,8", "paste", Map.of("image", theirs)))
                .status())
        .isEqualTo(404);
  }

  /** Of those that wait the newest is answered; which these are is chance here. */
  @Test
  void whoAsksForMuchAtOnceKeepsNobodyElseWaiting() {
    Map<String, String> question = Map.of("image", image, "box", "0,0,4,4");
    List<CompletableFuture<Integer>> greedy = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      greedy.add(CompletableFuture.supplyAsync(() -> person.post(ASK, question).status()));
    }
    Client modest = SERVER.person();
    String own = modest.image("red.png", Pictures.png(8, 8, Color.RED));
    for (int i = 0; i < 5; i++) {
      assertThat(modest.post(ASK, Map.of("image", own, "box", "0,0,4,4")).status()).isEqualTo(200);
    }
    List<Integer> statuses = greedy.stream().map(CompletableFuture::join).toList();
    assertThat(statuses).containsOnly(200, 409).contains(200);
  }
}
