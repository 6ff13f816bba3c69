// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.access.InventoryItem.ItemKey;
import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of changes, over several lives of the host, while the audit takes it and while it does not. */
class HostChangeRecorderTest {

    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock(Instant.parse("2027-01-01T00:00:00Z"));
    private final List<InventoryItem> there = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean isDue;
    private boolean isAway;
    private HostChangeRecorder changes;

    @BeforeEach
    void nextLife() {
        changes = new HostChangeRecorder(
                new Inventory(data.resolve("audit.seen")),
                Map.of(
                        ItemKind.PROGRAM, () -> of(ItemKind.PROGRAM),
                        ItemKind.CONFIGURATION, () -> of(ItemKind.CONFIGURATION),
                        ItemKind.FILE, () -> of(ItemKind.FILE),
                        ItemKind.BUNDLE, () -> of(ItemKind.BUNDLE)),
                this::take,
                clock,
                () -> isDue = true);
    }

    private List<InventoryItem> of(ItemKind kind) {
        return there.stream().filter(each -> each.kind() == kind).toList();
    }

    private void take(AuditEntry entry) {
        if (isAway) {
            throw new StoreException("the store is away", null);
        }
        told.add(entry.action() + " " + entry.target() + " " + entry.detail());
    }

    private void work() {
        if (isDue) {
            isDue = false;
            changes.record();
        }
    }

    private void begin() {
        nextLife();
        changes.lookAt(EnumSet.allOf(ItemKind.class));
        work();
    }

    private static InventoryItem configuration(String name, String... keyAndValue) {
        Map<String, AuditedValue> values =
                keyAndValue.length == 0 ? Map.of() : Map.of(keyAndValue[0], AuditedValue.plain(keyAndValue[1]));
        return new InventoryItem(ItemKind.CONFIGURATION, name, name, "file owner root", values);
    }

    private static InventoryItem thing(ItemKind kind, String id, String value) {
        return new InventoryItem(kind, id, id, "unknown", Map.of("v", AuditedValue.plain(value)));
    }

    private void see(InventoryItem now) {
        changes.seen(now.key(), () -> Optional.of(now));
    }

    @Test
    void whatPeopleBroughtStandsThereFromTheFirstStartAndTheProgramsDefaultsDoNot() {
        there.add(thing(ItemKind.PROGRAM, "program", "0.1.0"));
        there.add(thing(ItemKind.FILE, "etc/logback.xml", "abc"));
        there.add(thing(ItemKind.BUNDLE, "mvn:a/b", "1"));
        there.add(thing(ItemKind.BUNDLE, "file:/deploy/words.jar", "1"));
        there.add(configuration("io.jobyard.worker"));
        there.add(configuration("io.jobyard.roles-ops", "members", "user:ann"));
        begin();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "install bundle file:/deploy/words.jar v 1",
                        "configure io.jobyard.roles-ops new: members = user:ann");
    }

    @Test
    void whatHappenedWhileTheHostWasDownIsToldAtTheNextStart() {
        there.add(thing(ItemKind.PROGRAM, "program", "0.1.0"));
        there.add(thing(ItemKind.FILE, "etc/logback.xml", "abc"));
        there.add(configuration("a", "x", "1"));
        there.add(configuration("b", "x", "1"));
        there.add(thing(ItemKind.BUNDLE, "file:/deploy/words.jar", "1"));
        begin();
        told.clear();
        begin();
        assertThat(told).isEmpty();

        there.clear();
        there.add(thing(ItemKind.PROGRAM, "program", "0.2.0"));
        there.add(thing(ItemKind.FILE, "etc/logback.xml", "def"));
        there.add(configuration("a", "x", "2"));
        there.add(configuration("c", "x", "1"));
        begin();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "update program v 0.1.0 → 0.2.0",
                        "configure etc/logback.xml changed: v abc → def",
                        "configure a changed: x: 1 → 2",
                        "configure b removed: x was 1",
                        "configure c new: x = 1",
                        "uninstall bundle file:/deploy/words.jar v 1");
    }

    @Test
    void eachChangeIsToldAlsoOneThatWasTakenBackAtOnce() {
        begin();
        see(configuration("a", "x", "1"));
        see(configuration("a", "x", "2"));
        see(configuration("a", "x", "2"));
        changes.seen(new ItemKey(ItemKind.CONFIGURATION, "a"), Optional::empty);
        work();
        assertThat(told)
                .containsExactly(
                        "configure a new: x = 1", "configure a changed: x: 1 → 2", "configure a removed: x was 2");
    }

    @Test
    void nothingIsLostWhileTheStoreIsAway() {
        begin();
        isAway = true;
        see(configuration("a", "x", "1"));
        assertThatThrownBy(this::work).isInstanceOf(StoreException.class);
        isAway = false;
        see(configuration("a", "x", "2"));
        work();
        assertThat(told).containsExactly("configure a new: x = 1", "configure a changed: x: 1 → 2");
    }

    @Test
    void whatTheStoreDidNotTakeUntilTheEndIsToldByTheNextLife() {
        begin();
        isAway = true;
        there.add(configuration("a", "x", "1"));
        see(configuration("a", "x", "1"));
        assertThatThrownBy(this::work).isInstanceOf(StoreException.class);
        isAway = false;
        isDue = false;
        begin();
        assertThat(told).containsExactly("configure a new: x = 1");
    }

    @Test
    void whatIsTooMuchAtATimeIsToldByWhatItCameTo() {
        begin();
        for (int n = 0; n < 1_200; n++) {
            see(configuration("c" + n, "x", "1"));
            there.add(configuration("c" + n, "x", "1"));
        }
        work();
        assertThat(told).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void theFileIsForTheHostsUserAloneAndKeepsEveryCharacter() throws Exception {
        Path file = data.resolve("audit.seen");
        there.add(configuration("a b", "x\ny = ü", "- 1\n2 % + é\t"));
        begin();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        told.clear();
        begin();
        assertThat(told).isEmpty();
    }

    @Test
    void whenTheFileIsDamagedAllIsToldAnew() throws Exception {
        there.add(configuration("a", "x", "1"));
        begin();
        Files.writeString(data.resolve("audit.seen"), "this is none");
        begin();
        begin();
        assertThat(told).containsExactly("configure a new: x = 1", "configure a new: x = 1");
    }
}
