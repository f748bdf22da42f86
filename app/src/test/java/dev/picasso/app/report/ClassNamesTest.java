package dev.picasso.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void aPairIsCalledByItsLabels() throws JsonProcessingException {
    ClassNames names = ClassNames.of(json("{'classes': ['no tank', 'tank']}"));
    assertThat(names.asked(json("{'class': 1, 'against': 0}"), false))
        .contains("tank against no tank");
  }

  @Test
  void whatHasNoLabelIsCalledByItsNumberWithWhatItIs() throws JsonProcessingException {
    assertThat(ClassNames.of(json("{}")).asked(json("{'class': 1, 'against': 0}"), true))
        .contains("class 1 against class 0");
    assertThat(ClassNames.of(json("{'numbers': true}")).asked(json("[2]"), true))
        .contains("output 2");
  }

  @Test
  void ofSeveralNamesOfAClassTheFirstIsBriefAndListsOfAllStayClear()
      throws JsonProcessingException {
    ClassNames names = ClassNames.of(json("{'classes': ['kite', 'partridge, Perdix', 'hen']}"));
    assertThat(names.asked(json("[1, 2]"), true)).contains("partridge, hen");
    assertThat(names.asked(json("[1, 2]"), false)).contains("partridge, Perdix; hen");
  }

  @Test
  void ofAFolderWithoutLabelsTheImagesTellThem() throws JsonProcessingException {
    ClassNames names =
        ClassNames.of(json("{}")).with(json("{'predictions': [{'index': 3, 'label': 'owl'}]}"));
    assertThat(names.asked(json("[3]"), false)).contains("owl");
  }

  @Test
  void theMostProbableOnesAreNotAskedForByName() throws JsonProcessingException {
    ClassNames names = ClassNames.of(json("{}"));
    assertThat(names.asked(json("{}").path("classes"), true)).isEmpty();
    assertThat(names.asked(json("'true-labels'"), true)).isEmpty();
  }
}
