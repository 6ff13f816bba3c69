// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One entry for each change, with the old and the new values. */
class ChangeEntryTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private static InventoryItem role(String... keysAndValues) {
        return installed(ItemKind.CONFIGURATION, "io.jobyard.roles-ops", keysAndValues);
    }

    private static InventoryItem words(String version, String digest) {
        return installed(
                ItemKind.BUNDLE, "com.acme.words", "version", version, "file", "deploy/words.jar", "sha-256", digest);
    }

    private static InventoryItem installed(ItemKind kind, String name, String... keysAndValues) {
        Map<String, AuditedValue> values = new LinkedHashMap<>();
        for (int n = 0; n < keysAndValues.length; n += 2) {
            values.put(keysAndValues[n], AuditedValue.plain(keysAndValues[n + 1]));
        }
        return new InventoryItem(kind, "id", name, "file owner root", values);
    }

    private static AuditEntry entry(@Nullable InventoryItem before, @Nullable InventoryItem after) {
        return new ChangeEntry(before, after).entry(NOW).orElseThrow();
    }

    private static AuditEntry expected(String action, String target, String detail) {
        return new AuditEntry(NOW, "file owner root", action, target, detail);
    }

    @Test
    void aConfigurationComesChangesAndGoesWithItsValues() {
        InventoryItem one = role("members", "user:ann", "permissions", "submit");
        InventoryItem two = role("members", "user:ann, user:bob", "permissions", "submit", "priority.best", "1");
        assertThat(entry(null, one))
                .isEqualTo(
                        expected("configure", "io.jobyard.roles-ops", "new: members = user:ann; permissions = submit"));
        assertThat(entry(one, two))
                .isEqualTo(expected(
                        "configure",
                        "io.jobyard.roles-ops",
                        "changed: members: user:ann → user:ann, user:bob; priority.best = 1"));
        assertThat(entry(two, one).detail())
                .isEqualTo("changed: members: user:ann, user:bob → user:ann; priority.best was 1");
        assertThat(entry(one, null).detail()).isEqualTo("removed: members was user:ann; permissions was submit");
        assertThat(entry(one, role()).detail()).isEqualTo("changed: members was user:ann; permissions was submit");
    }

    @Test
    void aBundleIsInstalledUpdatedAndUninstalled() {
        assertThat(entry(null, words("1.0.0", "abc")))
                .isEqualTo(expected(
                        "install", "bundle com.acme.words", "version 1.0.0, file deploy/words.jar, sha-256 abc"));
        assertThat(entry(words("1.0.0", "abc"), words("1.2.0", "def")))
                .isEqualTo(expected(
                        "update",
                        "bundle com.acme.words",
                        "version 1.0.0 → 1.2.0, file deploy/words.jar, sha-256 abc → def"));
        assertThat(entry(words("1.2.0", "def"), null))
                .isEqualTo(expected(
                        "uninstall", "bundle com.acme.words", "version 1.2.0, file deploy/words.jar, sha-256 def"));
    }

    @Test
    void whatIsTheSameOrSaysNothingMakesNoEntry() {
        assertThat(new ChangeEntry(words("1", "a"), words("1", "a")).entry(NOW)).isEmpty();
        assertThat(new ChangeEntry(null, role()).entry(NOW)).isEmpty();
        assertThat(new ChangeEntry(role(), null).entry(NOW)).isEmpty();
        assertThat(new ChangeEntry(null, null).entry(NOW)).isEmpty();
    }

    @Test
    void aHiddenValueThatChangedIsToldWithoutIt() {
        Map<String, AuditedValue> old = new HashMap<>(Map.of("password", new AuditedValue("(hidden)", "1")));
        Map<String, AuditedValue> fresh = Map.of("password", new AuditedValue("(hidden)", "2"));
        InventoryItem one = new InventoryItem(ItemKind.CONFIGURATION, "id", "io.jobyard.store", "file owner root", old);
        InventoryItem two =
                new InventoryItem(ItemKind.CONFIGURATION, "id", "io.jobyard.store", "file owner root", fresh);
        assertThat(entry(one, two).detail()).isEqualTo("changed: password: (hidden) → (hidden)");
    }

    @Test
    void longValuesAreShownFromWhereTheyDiffer() {
        String many = "user:ann, ".repeat(400);
        String detail = entry(
                        role("members", many + "user:eve", "x", "1"), role("members", many + "user:mallory", "x", "2"))
                .detail();
        assertThat(detail)
                .startsWith("changed: members: …")
                .contains("user:eve → …", "user:mallory; x: 1 → 2")
                .hasSizeLessThan(200);
    }

    @Test
    void muchThatIsNewIsCutFairly() {
        String detail = entry(null, role("a", "x".repeat(5_000), "b", "y".repeat(5_000), "c", "z"))
                .detail();
        assertThat(detail).contains("x…; b = yyy", "c = z").hasSizeLessThan(2_000);
    }

    @Test
    void whoTookAwayWhatABundleBroughtIsNotKnown() {
        InventoryItem brought = new InventoryItem(
                ItemKind.BUNDLE,
                "mvn:a/b",
                "a",
                "bundle com.acme.admin",
                words("1", "a").values());
        assertThat(entry(null, brought).who()).isEqualTo("bundle com.acme.admin");
        assertThat(entry(brought, null).who()).isEqualTo("unknown");
    }
}
