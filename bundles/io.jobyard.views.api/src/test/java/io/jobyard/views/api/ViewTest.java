// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ViewTest {

    private static final View<String> LENGTH =
            View.<String>of("length", "How long.").whole("n", "so long", String::length);

    @Test
    void valuesStandInJsonAsTheirTypeDoes() {
        View<Object> view = View.<Object>of("values", "Of each type.")
                .instant("at", "six digits", one -> Instant.parse("2027-01-31T08:00:00.1234567Z"))
                .instant("full", "six digits", one -> Instant.parse("2027-01-31T08:00:00Z"))
                .seconds("took", "microseconds", one -> Duration.ofNanos(1_234_567_890))
                .seconds("minute", "seconds", one -> Duration.ofSeconds(60))
                .whole("seven", "whole", one -> 7L)
                .flag("yes", "true", one -> true)
                .text("none?", "null", one -> null)
                .object("object", "as it is", one -> Map.of("b", 1))
                .text("id", "its text", one -> new UUID(0, 1))
                .texts("list", "texts", one -> List.of(7, "x"))
                .text("odd", "escaped", one -> "a\u009bb\u202ec");
        assertThat(JsonWriter.compact(view.json("")))
                .isEqualTo("{\"at\":\"2027-01-31T08:00:00.123456Z\",\"full\":\"2027-01-31T08:00:00.000000Z\","
                        + "\"took\":1.234567,\"minute\":60.0,\"seven\":7,\"yes\":true,\"none\":null,\"object\":{\"b\":1},"
                        + "\"id\":\"00000000-0000-0000-0000-000000000001\",\"list\":[\"7\",\"x\"],"
                        + "\"odd\":\"a\\u009bb\\u202ec\"}");
    }

    @Test
    void aSchemaSaysTypeWordsAndWhetherItMayBeNull() {
        View<String> view = View.<String>of("values", "Some.")
                .word("state?", List.of("on", "off"), "on or off", one -> "on")
                .one("length", LENGTH, "how long", one -> one)
                .one("other?", LENGTH, "how long", one -> null)
                .map("named", LENGTH, "by name", one -> Map.of())
                .counts("counts", "by name", one -> Map.of("a", 1L));
        assertThat(view.fields())
                .extracting(field -> JsonWriter.compact(field.schema(inner -> Map.of("$ref", inner.name()))))
                .containsExactly(
                        "{\"type\":[\"string\",\"null\"],\"enum\":[\"on\",\"off\",null],\"description\":\"on or off\"}",
                        "{\"$ref\":\"length\",\"description\":\"how long\"}",
                        "{\"anyOf\":[{\"$ref\":\"length\"},{\"type\":\"null\"}],\"description\":\"how long\"}",
                        "{\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"length\"},\"description\":\"by name\"}",
                        "{\"additionalProperties\":{\"type\":\"integer\"},\"type\":\"object\",\"description\":\"by name\"}");
    }

    @Test
    void decimalsHaveNoExponentSoLongAsPeopleReadThem() {
        assertThat(written(8.75E-5)).isEqualTo("0.0000875");
        assertThat(written(-1.25E-15)).isEqualTo("-0.00000000000000125");
        assertThat(written(12_345_678.0)).isEqualTo("12345678.0");
        assertThat(written(new BigDecimal("8.75E-9"))).isEqualTo("0.00000000875");
        assertThat(written(Map.of("cost", List.of(0.1, 0.0)))).isEqualTo("{\"cost\":[0.1,0.0]}");
        assertThat(written(4.9E-324)).isEqualTo("4.9E-324");
        assertThat(written(1E300)).isEqualTo("1.0E300");
        assertThat(JsonWriter.pretty(Map.of("cost", 8.75E-5))).isEqualTo("{\n  \"cost\" : 0.0000875\n}");
    }

    @Test
    void viewsStandWithinViewsAndFieldsInTheirOrder() {
        View<String> outer = View.<String>of("outer", "All.")
                .one("none?", LENGTH, "nothing", text -> null)
                .list("words", LENGTH, "each", text -> Arrays.asList(text.split(" ")))
                .map("named", LENGTH, "sorted", text -> Map.of("b", text, "a", ""))
                .all(LENGTH, text -> text + "!");
        assertThat(JsonWriter.compact(outer.json("to be")))
                .isEqualTo(
                        "{\"none\":null,\"words\":[{\"n\":2},{\"n\":2}],\"named\":{\"a\":{\"n\":0},\"b\":{\"n\":5}},\"n\":6}");
        assertThat(outer.fields()).extracting(View.ViewField::name).containsExactly("none", "words", "named", "n");
    }

    private static String written(Object value) {
        String json = JsonWriter.compact(View.<Object[]>of("value", "A value.")
                .json("v?", "it", box -> box[0])
                .json(new Object[] {value}));
        return json.substring("{\"v\":".length(), json.length() - 1);
    }
}
