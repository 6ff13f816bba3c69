// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.ConfigurationJournal.JournalEntry;
import io.jobyard.settings.api.ConfigurationJournal.RolledBack;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.ConfigurationView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** History of the configuration, and its restoration. */
final class ConfigurationLog {

    private static final int MOST = 10_000;
    private static final int USUAL = 100;

    /** Files that define work with the permissions of other users. */
    private static final List<String> OF_OTHERS = List.of("io.jobyard.schedules-", "io.jobyard.webhooks-");

    private ConfigurationLog() {}

    static Answer of(@Nullable String pid, @Nullable Integer limit, CommandUser user) {
        user.require(AccessRule.CONFIGURATION);
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw new UsageException("--limit", "--limit " + most + " is out of range: use 1 to " + MOST);
        }
        List<JournalEntry> entries = user.host().journal().entries(pid == null ? null : ConfigCommand.whole(pid), most);
        return Answer.of(ConfigurationView.LOG, entries, ConfigurationLog::print);
    }

    static Answer rollback(@Nullable String pid, @Nullable String to, CommandUser user) {
        if (pid == null || to == null) {
            throw new UsageException(
                    "missing file or entry: job:config rollback PID --to ENTRY; job:config log lists the entries");
        }
        user.require(AccessRule.CONFIGURE);
        String name = ConfigCommand.whole(pid);
        if (OF_OTHERS.stream().anyMatch(name::startsWith)) {
            user.require(AccessRule.IMPERSONATE);
        }
        RolledBack done = user.host()
                .journal()
                .rollback(
                        name, to, planned -> user.audit("rollback", planned.name(), "as after entry " + planned.id()));
        return Answer.of(ConfigurationView.ROLLBACK, done, ConfigurationLog::print);
    }

    private static void print(List<JournalEntry> entries, Screen screen) {
        if (entries.isEmpty()) {
            screen.line("no entries");
            return;
        }
        Table table = new Table("ENTRY", "AT", "WHO", "PID", "KEY", "OLD", "NEW");
        for (JournalEntry entry : entries) {
            String who = entry.who() + (entry.isHere() ? "" : ", on another host");
            if (entry.changes().isEmpty()) {
                table.row(entry.id(), JobText.time(entry.at()), who, entry.name(), entry.detail(), null, null);
            }
            for (ValueChange change : entry.changes()) {
                table.row(
                        entry.id(),
                        JobText.time(entry.at()),
                        who,
                        entry.name(),
                        change.key(),
                        change.before(),
                        change.after());
            }
        }
        table.print(screen);
    }

    private static void print(RolledBack done, Screen screen) {
        screen.line("etc/" + done.name() + ".cfg restored as after entry " + done.id()
                + "; the host applies it within about a second");
        done.changes().forEach(change -> screen.lines("  " + screen.wrapped(ConfigurationCheck.text(change), 2)));
    }
}
