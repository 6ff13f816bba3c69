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
            View.<String>of("length", "How long.").field("n", "so long", String::length);

    @Test
    void plainValuesStandInJsonAsTheirKindDoes() {
        assertThat(written(Instant.parse("2027-01-31T08:00:00.1234567Z"))).isEqualTo("\"2027-01-31T08:00:00.123456Z\"");
        assertThat(written(Instant.parse("2027-01-31T08:00:00Z"))).isEqualTo("\"2027-01-31T08:00:00.000000Z\"");
        assertThat(written(Duration.ofNanos(1_234_567_890))).isEqualTo("1.234567");
        assertThat(written(Duration.ofSeconds(60))).isEqualTo("60.0");
        assertThat(written(7L)).isEqualTo("7");
        assertThat(written(true)).isEqualTo("true");
        assertThat(written(null)).isEqualTo("null");
        assertThat(written(Map.of("b", 1))).isEqualTo("{\"b\":1}");
        assertThat(written(new UUID(0, 1))).isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
        assertThat(written(List.of(Duration.ZERO, "x"))).isEqualTo("[0.0,\"x\"]");
        assertThat(written("a\u009bb\u202ec")).isEqualTo("\"a\\u009bb\\u202ec\"");
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
                .one("none", LENGTH, "nothing", text -> null)
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
                .field("v", "it", box -> box[0])
                .json(new Object[] {value}));
        return json.substring("{\"v\":".length(), json.length() - 1);
    }
}
