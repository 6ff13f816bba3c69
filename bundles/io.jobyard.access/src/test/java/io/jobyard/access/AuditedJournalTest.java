// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.ConfigurationFiles;
import io.jobyard.settings.api.ConfigurationJournal.JournalEntry;
import io.jobyard.settings.api.ConfigurationJournal.RolledBack;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.spi.audit.AuditEntry;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way back over changes as the audit has told them. */
class AuditedJournalTest extends AuditLivesFixture implements ConfigurationFiles {

    private static final String NAME = "io.jobyard.limits-openai";

    private final AuditSeal digests = new AuditSeal(new byte[32]);
    private @Nullable Map<String, String> told;
    private @Nullable String inEtc;
    private List<String> problems = List.of();
    private AuditedJournal journal;

    @BeforeEach
    void openJournal() {
        journal = new AuditedJournal(audit, checking(), this);
    }

    private Configurations checking() {
        return Stub.<Configurations>of(Configurations.class)
                .on("check", arguments -> new CheckedFile(NAME, problems, true, List.of(), Map.of()))
                .get();
    }

    /** Somebody writes the file, or takes it away, and the host tells the audit. Returns the entry. */
    private String write(@Nullable Map<String, String> values) {
        Optional<AuditEntry> entry = new ChangeEntry(item(told), item(values)).entry(clock.instant());
        told = values;
        inEtc = values == null ? null : edited("", values);
        audit.add(entry.orElseThrow());
        List<JournalEntry> entries = journal.entries(NAME, 1);
        return entries.get(0).id();
    }

    private @Nullable InventoryItem item(@Nullable Map<String, String> values) {
        if (values == null) {
            return null;
        }
        Map<String, AuditedValue> audited = new TreeMap<>();
        values.forEach((key, value) -> audited.put(key, AuditedValue.of(NAME, key, value, digests)));
        return new InventoryItem(ItemKind.CONFIGURATION, "pid", NAME, "file owner root", audited);
    }

    private List<ValueChange> rollback(String id) {
        List<RolledBack> planned = new ArrayList<>();
        RolledBack done = journal.rollback(NAME, id, planned::add);
        assertThat(planned).containsExactly(done);
        return done.changes();
    }

    private Map<String, String> file() {
        return parse(String.valueOf(inEtc));
    }

    @Test
    void theEntriesTellWhoWhenAndWhatWasBefore() {
        String first = write(Map.of("running.max", "1"));
        String second = write(Map.of("running.max", "2", "rate.requests", "5/s"));
        audit.add(new AuditEntry(
                clock.instant(), "file owner root", "configure", "etc/logback.xml", "changed: sha-256 1 → 2"));

        assertThat(journal.entries(null, 10)).extracting(JournalEntry::id).containsExactly(first, second);
        JournalEntry latest = journal.entries("io.jobyard.limits", 1).get(0);
        assertThat(latest.who()).isEqualTo("file owner root");
        assertThat(latest.at()).isEqualTo(START);
        assertThat(latest.isHere()).isTrue();
        assertThat(latest.changes())
                .containsExactlyInAnyOrder(
                        new ValueChange("running.max", "1", "2"), new ValueChange("rate.requests", null, "5/s"));
        assertThat(journal.entries("io.jobyard.queues", 10)).isEmpty();
    }

    @Test
    void aFileIsAsItWasAfterAnEntry() {
        String first = write(Map.of("running.max", "1", "rate.requests", "5/s; or so"));
        write(Map.of("running.max", "2"));
        audit.keepHead();
        nextLife(SECOND);
        openJournal();
        String third = write(Map.of("running.max", "3", "rate.tokens", "1/d"));

        assertThat(rollback(first))
                .containsExactly(
                        new ValueChange("rate.requests", null, "5/s; or so"),
                        new ValueChange("rate.tokens", "1/d", null),
                        new ValueChange("running.max", "3", "1"));
        assertThat(file()).isEqualTo(Map.of("running.max", "1", "rate.requests", "5/s; or so"));
        assertThatThrownBy(() -> rollback(third))
                .as("the host has not told of the file as it is now")
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aFileThatWasTakenAwayComesBackAndThatItIsGoneDoesNot() {
        String first = write(Map.of("running.max", "1"));
        String gone = write(null);
        assertThatThrownBy(() -> rollback(gone))
                .hasMessageStartingWith("not found: configuration " + NAME + " did not exist after entry " + gone);
        assertThat(rollback(first)).containsExactly(new ValueChange("running.max", null, "1"));
        assertThat(file()).isEqualTo(Map.of("running.max", "1"));
    }

    @Test
    void whatTheFileSaysAlreadyIsNotWritten() {
        String first = write(Map.of("running.max", "1"));
        assertThatThrownBy(() -> rollback(first))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("nothing to roll back: etc/" + NAME + ".cfg already has the content of entry " + first);
    }

    @Test
    void secretsThatWereOthersAreNamedAndThoseThatWereNotStay() {
        String first = write(Map.of("api.password", "one", "running.max", "1"));
        String second = write(Map.of("api.password", "two", "running.max", "1"));
        write(Map.of("api.password", "two", "running.max", "2"));
        assertThatThrownBy(() -> rollback(first))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("these secrets were different: api.password");
        rollback(second);
        assertThat(file()).isEqualTo(Map.of("api.password", "two", "running.max", "1"));
    }

    @Test
    void aLongValueComesBackIfTheAuditTellsWhereItDiffers() {
        String many = "user:ann, ".repeat(300);
        String first = write(Map.of("members", many + "user:eve"));
        String second = write(Map.of("members", many + "user:mallory"));
        rollback(first);
        assertThat(file()).isEqualTo(Map.of("members", many + "user:eve"));

        told = Map.of("members", many + "user:mallory");
        inEtc = edited("", told);
        write(Map.of("members", "nobody"));
        assertThatThrownBy(() -> rollback(second))
                .hasMessageContaining("did not store the complete values of members, which are too long");
    }

    @Test
    void whatWouldBeRefusedNowIsNotWritten() {
        String first = write(Map.of("running.max", "1"));
        write(Map.of("running.max", "2"));
        problems = List.of("invalid running.max: use more");
        assertThatThrownBy(() -> rollback(first))
                .hasMessage("not allowed: the earlier values are invalid now: invalid running.max: use more");
        assertThat(file()).isEqualTo(Map.of("running.max", "2"));
    }

    @Test
    void fromValuesThatWereRefusedAndSoAreHiddenThereIsAWayBackButNotToThem() {
        String good = write(Map.of("running.max", "1"));
        Map<String, String> values = Map.of("running.max", "s3cret", "rate.x", "s3cret");
        Map<String, AuditedValue> hidden = new TreeMap<>();
        values.forEach((key, value) -> hidden.put(key, AuditedValue.hidden(value, digests)));
        InventoryItem refused = new InventoryItem(ItemKind.CONFIGURATION, "pid", NAME, "file owner root", hidden);
        AuditEntry entry =
                new ChangeEntry(item(told), refused).entry(clock.instant()).orElseThrow();
        assertThat(entry.detail()).doesNotContain("s3cret");
        audit.add(entry);
        String bad = journal.entries(NAME, 1).get(0).id();
        inEtc = edited("", values);

        rollback(good);
        assertThat(file()).isEqualTo(Map.of("running.max", "1"));

        audit.add(new ChangeEntry(refused, item(told)).entry(clock.instant()).orElseThrow());
        assertThatThrownBy(() -> rollback(bad)).hasMessageStartingWith("the audit does not store secrets");
    }

    @Test
    void aFileThatTheAuditDoesNotKnowIsLeftAlone() {
        String first = write(Map.of("running.max", "1"));
        write(Map.of("running.max", "2"));
        inEtc = edited("", Map.of("running.max", "7"));
        assertThatThrownBy(() -> rollback(first))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("after entry ");
        assertThat(file()).isEqualTo(Map.of("running.max", "7"));
    }

    @Test
    void anEntryThatIsNotThereIsRefused() {
        write(Map.of("running.max", "1"));
        assertThatThrownBy(() -> rollback("0000-9"))
                .hasMessage("entry 0000-9 not found for " + NAME + "; see the log of its changes");
    }

    @Test
    void theEntriesOfAnotherHostAreNotTakenBackHere() {
        String here = write(Map.of("running.max", "1"));
        store = store.restart(SECOND, "there", clock.instant());
        heads = new AuditHeads(data.resolve("others.heads"));
        audit = of(store);
        openJournal();
        assertThat(journal.entries(NAME, 1)).extracting(JournalEntry::isHere).containsExactly(false);
        assertThatThrownBy(() -> rollback(here))
                .hasMessage("entry " + here + " belongs to etc/ of another host: run the command there");
    }

    @Override
    public Optional<ConfigurationFile> read(String file, String text) {
        return Optional.of(new ConfigurationFile("io.jobyard.limits", "openai", file, parse(text)));
    }

    private static Map<String, String> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    @Override
    public Optional<String> text(String file) {
        return Optional.ofNullable(inEtc);
    }

    @Override
    public String edited(String text, Map<String, String> values) {
        StringBuilder edited = new StringBuilder();
        new TreeMap<>(values).forEach((key, value) -> edited.append(key + "=" + value + "\n"));
        return edited.toString();
    }

    @Override
    public void replace(String file, @Nullable String before, String after) {
        assertThat(before).isEqualTo(inEtc);
        inEtc = after;
    }
}
