// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.ParserCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the audit gets of configurations. */
class AuditedConfigurationsTest {

    private static final String PID = "io.jobyard.box";

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private final AuditedConfigurations configurations = new AuditedConfigurations(
            admin.service(),
            new AuditSeal(new byte[32]),
            () -> List.of(new ParserCheck(PID, reader -> reader.integer("size", 1, 1, 9))));

    @Test
    void aRefusedConfigurationIsRecordedWithoutItsValues() {
        admin.put(PID, Map.of("size", "hunter2", "sise", "hunter2", "note", ""));
        Map<String, AuditedValue> values = values();
        assertThat(values).containsOnlyKeys("size", "sise", "note");
        assertThat(values.get("size").shown()).isEqualTo("(hidden)");
        assertThat(values.get("sise").shown()).isEqualTo("(hidden)");
        assertThat(values.get("note").shown()).isEmpty();
        assertThat(values.toString()).doesNotContain("hunter2");
    }

    @Test
    void oneThatIsTakenIsRecordedAsItIs() {
        admin.put(PID, Map.of("size", "3"));
        assertThat(values()).isEqualTo(Map.of("size", AuditedValue.plain("3")));
    }

    @Test
    void oneThatIsDeletedMeanwhileIsLeftOut() {
        admin.put(PID, Map.of("size", "3"));
        admin.put("io.jobyard.other", Map.of("note", "x"));
        admin.vanishing(PID);
        assertThat(configurations.all()).extracting(InventoryItem::id).containsExactly("io.jobyard.other");
        assertThat(configurations.one(PID)).isEmpty();
    }

    private Map<String, AuditedValue> values() {
        return configurations.one(PID).orElseThrow().values();
    }
}
