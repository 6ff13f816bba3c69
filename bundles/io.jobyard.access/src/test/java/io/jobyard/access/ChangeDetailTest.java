// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.settings.api.Configurations.ValueChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDetailTest {

    private static String written(Map<String, String> before, Map<String, String> after) {
        return new ChangeEntry(item(before), item(after))
                .entry(Instant.EPOCH)
                .orElseThrow()
                .detail();
    }

    private static InventoryItem item(Map<String, String> values) {
        Map<String, AuditedValue> plain = new TreeMap<>();
        values.forEach((key, value) -> plain.put(key, AuditedValue.plain(value)));
        return new InventoryItem(ItemKind.CONFIGURATION, "id", "io.jobyard.x", "file owner root", plain);
    }

    @Test
    void whatIsNewAnotherAndGoneIsReadApart() {
        assertThat(ChangeDetail.read("changed: a: 1 → 2; b = x y; c was 3"))
                .contains(List.of(
                        new ValueChange("a", "1", "2"),
                        new ValueChange("b", null, "x y"),
                        new ValueChange("c", "3", null)));
        assertThat(ChangeDetail.read("new: a = 1")).contains(List.of(new ValueChange("a", null, "1")));
        assertThat(ChangeDetail.read("removed: a was ")).contains(List.of(new ValueChange("a", "", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a; b", "a → b", "\"x\"", "x = y; z was 3", " blank ", "two\nlines\t", "C:\\x; \"y\"", "", "k: v"
            })
    void whatIsWrittenIsReadAsItWas(String value) {
        assertThat(ChangeDetail.read(written(Map.of("k", value, "z", "1"), Map.of("k", value + "!", "z", "2"))))
                .contains(List.of(new ValueChange("k", value, value + "!"), new ValueChange("z", "1", "2")));
        assertThat(ChangeDetail.read(written(Map.of("z", "1"), Map.of("k", value, "z", "1"))))
                .contains(List.of(new ValueChange("k", null, value)));
    }

    @Test
    void whatCannotBeToldApartIsNotRead() {
        assertThat(ChangeDetail.read("changed: a: x; y → z")).isEqualTo(Optional.empty());
        assertThat(ChangeDetail.read("sha-256 1 → 2")).isEmpty();
    }
}
