// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.ConfigurationFiles;
import io.jobyard.settings.api.ConfigurationFiles.ConfigurationFile;
import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.spi.audit.AuditRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Journal of the configuration, read from the audit, which is its only record. */
@Component
public final class AuditedJournal implements ConfigurationJournal {

    private static final String FILE = ".cfg";
    private static final int ENDING = 8;

    private final Audit audit;
    private final Configurations configurations;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable ConfigurationFiles files;

    @Activate
    public AuditedJournal(@Reference Audit audit, @Reference Configurations configurations) {
        this.audit = audit;
        this.configurations = configurations;
    }

    /** Creates a journal for tests. */
    AuditedJournal(Audit audit, Configurations configurations, ConfigurationFiles files) {
        this(audit, configurations);
        this.files = files;
    }

    @Override
    public List<JournalEntry> entries(@Nullable String name, int limit) {
        Set<UUID> ours = audit.ours();
        return rows(target -> name == null || target.equals(name) || target.startsWith(name + "-"), limit).stream()
                .map(row -> entry(row, ours.contains(row.incarnation())))
                .toList();
    }

    /** Returns the newest matching rows, the oldest first. The rows of each incarnation keep their order. */
    private List<AuditRow> rows(Predicate<String> targets, int limit) {
        Deque<AuditRow> rows = new ArrayDeque<>();
        audit.each(row -> {
            String target = row.entry().target();
            if (row.entry().action().equals(ChangeEntry.CONFIGURE)
                    && !target.startsWith(OtherEtcFiles.ETC)
                    && targets.test(target)) {
                rows.add(row);
                if (rows.size() > limit) {
                    rows.remove();
                }
            }
            return true;
        });
        return new ArrayList<>(rows);
    }

    private static JournalEntry entry(AuditRow row, boolean isHere) {
        return new JournalEntry(
                id(row),
                row.entry().at(),
                row.entry().who(),
                row.entry().target(),
                isHere,
                ChangeDetail.read(row.entry().detail()).orElse(List.of()),
                row.entry().detail());
    }

    /** Returns the id of an entry. It is practically unique because the end of an incarnation's id is random. */
    private static String id(AuditRow row) {
        String life = row.incarnation().toString();
        return life.substring(life.length() - ENDING) + "-" + row.number();
    }

    @Override
    public RolledBack rollback(String name, String id, Consumer<RolledBack> before) {
        ConfigurationFiles etc = files;
        if (etc == null) {
            throw new ValidationException(
                    "not allowed: this host does not manage etc/, so it cannot write files there");
        }
        JournalEntry found = find(name, id);
        List<JournalEntry> later = later(found);
        String file = name + FILE;
        String text = etc.text(file).orElse(null);
        Map<String, String> now = etc.read(file, text == null ? "" : text)
                .map(ConfigurationFile::values)
                .orElse(Map.of());
        FormerValues former = new FormerValues(name, now);
        for (int n = later.size() - 1; n >= 0; n--) {
            former.undo(later.get(n).id(), changes(later.get(n)));
        }
        ChangeDetail.read(found.detail()).ifPresent(changes -> former.requireAfter(id, changes));
        Map<String, String> values = former.values();
        requireReadable(id, values);
        List<ValueChange> changes = FormerValues.changes(name, now, values);
        if (changes.isEmpty()) {
            throw new StateConflictException(
                    "nothing to roll back: etc/" + file + " already has the content of entry " + id);
        }
        String next = etc.edited(text == null ? "" : text, values);
        CheckedFile checked = configurations.check(file, next);
        if (!checked.problems().isEmpty()) {
            throw new ValidationException(
                    "not allowed: the earlier values are invalid now: " + String.join("; ", checked.problems()));
        }
        RolledBack done = new RolledBack(name, id, changes);
        before.accept(done);
        etc.replace(file, text, next);
        return done;
    }

    private JournalEntry find(String name, String id) {
        JournalEntry found = all(name)
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ValidationException(
                        "entry " + id + " not found for " + name + "; see the log of its changes"));
        if (!found.isHere()) {
            throw new ValidationException("entry " + id + " belongs to etc/ of another host: run the command there");
        }
        if (found.detail().startsWith(ChangeEntry.REMOVED)) {
            throw new ValidationException("not found: configuration " + name + " did not exist after entry " + id
                    + "; to return to that state, remove etc/" + name + FILE);
        }
        return found;
    }

    /** Returns the entries of this instance after the given entry. */
    private List<JournalEntry> later(JournalEntry found) {
        List<JournalEntry> here = all(found.name()).filter(JournalEntry::isHere).toList();
        return here.subList(here.indexOf(found) + 1, here.size());
    }

    private Stream<JournalEntry> all(String name) {
        return entries(name, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.name().equals(name));
    }

    private static List<ValueChange> changes(JournalEntry entry) {
        return ChangeDetail.read(entry.detail())
                .orElseThrow(() -> new ValidationException("cannot roll back entry " + entry.id()
                        + ": the audit does not list its values separately; edit the file manually"));
    }

    private static void requireReadable(String id, Map<String, String> values) {
        if (values.keySet().stream().anyMatch(key -> key.startsWith("jobyard.file."))) {
            throw new ValidationException(
                    "invalid entry " + id + ": the file was not in force after it; use another entry");
        }
    }
}
