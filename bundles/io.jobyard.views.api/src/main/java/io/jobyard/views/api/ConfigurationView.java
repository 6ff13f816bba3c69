// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.settings.api.ConfigurationJournal.JournalEntry;
import io.jobyard.settings.api.ConfigurationJournal.RolledBack;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ConfigurationValue;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.settings.api.Configurations.ValueSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Views of the host's configuration. */
public final class ConfigurationView {

    private static final View<ConfigurationValue> VALUE = View.<ConfigurationValue>of("value", "An active value.")
            .text("key", "key", ConfigurationValue::key)
            .text("value", "active value; empty without one; `(hidden)` for a secret", ConfigurationValue::value)
            .text(
                    "source",
                    "`file`, `config admin`, `last good`, `default`, or `none` if there was no valid value yet",
                    value -> words(value.source()))
            .text("file?", "name of its file in `etc/`", ConfigurationValue::file)
            .text(
                    "refused?",
                    "`(hidden)` if a different value was written but is not active; null otherwise",
                    ConfigurationValue::refused);

    private static final View<ConfigurationState> CONFIGURATION = View.<ConfigurationState>of(
                    "configuration", "The configuration of one PID.")
            .text("pid", "PID, the base name of its file", ConfigurationState::name)
            .list("values", VALUE, "the values", ConfigurationState::values)
            .list("problems", FindingView.FINDING, "findings of the doctor about it", ConfigurationState::problems);

    /** A list of configurations. */
    public static final View<AllConfigurations> CONFIGURATIONS = View.<AllConfigurations>of(
                    "configurations", "The active configuration.")
            .list("configurations", CONFIGURATION, "the configurations", AllConfigurations::configurations)
            .texts(
                    "factories",
                    "PIDs that may have any number of configurations, for example `io.jobyard.limits-NAME`",
                    AllConfigurations::factories);

    private static final View<ValueChange> CHANGE = View.<ValueChange>of("changed value", "A changed value.")
            .text("key", "key", ValueChange::key)
            .text("before?", "value before; null without one; `(hidden)` for a secret", ValueChange::before)
            .text("after?", "value after; null without one; `(hidden)` for a secret", ValueChange::after);

    private static final View<Touched> TOUCHED = View.<Touched>of(
                    "touched", "Jobs and members that a configuration affects.")
            .texts("members?", "for a role: its current and new members", Touched::members)
            .whole("queued?", "for a queue or a limit: number of its queued jobs", Touched::queued)
            .whole("running?", "for a queue or a limit: number of its running jobs", Touched::running)
            .whole("unfinished?", "for a type: number of its unfinished jobs", Touched::unfinished);

    /** Preview of a configuration file. */
    public static final View<FilePreview> CHECK = View.<FilePreview>of(
                    "configuration check", "The effect that a file would have. Nothing is applied.")
            .text(
                    "pid",
                    "PID, the required base name of the file",
                    preview -> preview.checked().name())
            .flag(
                    "good",
                    "whether the file would be accepted",
                    preview -> preview.checked().problems().isEmpty())
            .texts(
                    "problems",
                    "why the file would be refused, as in the log",
                    preview -> preview.checked().problems())
            .flag(
                    "checked",
                    "whether the values were checked; a handler's bundle checks its values when it applies them",
                    preview -> preview.checked().isChecked())
            .list(
                    "changes",
                    CHANGE,
                    "the changes of active values",
                    preview -> preview.checked().changes())
            .one(
                    "touched?",
                    TOUCHED,
                    "affected jobs and members; null if no particular jobs or members are affected",
                    FilePreview::touched);

    private static final View<JournalEntry> ENTRY = View.<JournalEntry>of(
                    "configuration entry", "A change of a configuration.")
            .text("entry", "entry ID, as used by a rollback", JournalEntry::id)
            .instant("at", "time at which the host noticed the change", JournalEntry::at)
            .text("who", "who made the change, if known, for example `file owner root`", JournalEntry::who)
            .text("pid", "PID, the base name of its file", JournalEntry::name)
            .flag(
                    "here",
                    "whether the change was made on this host, and not on another host of the database",
                    JournalEntry::isHere)
            .list(
                    "changes",
                    CHANGE,
                    "the values; empty if the audit entry is unreadable or does not list them",
                    JournalEntry::changes)
            .text("detail", "text of the audit entry", JournalEntry::detail);

    /** Log of configuration changes. */
    public static final View<List<JournalEntry>> LOG = View.<List<JournalEntry>>of(
                    "configuration log", "The history of the configuration.")
            .list("entries", ENTRY, "the changes, oldest first", entries -> entries);

    /** Result of a rollback. */
    public static final View<RolledBack> ROLLBACK = View.<RolledBack>of(
                    "configuration rollback", "A file that was restored.")
            .text("pid", "PID, the base name of its file", RolledBack::name)
            .text("entry", "entry whose state was restored", RolledBack::id)
            .list("changes", CHANGE, "the changed values", RolledBack::changes);

    private ConfigurationView() {}

    /** Returns the source of a value in words, in lowercase. */
    public static String words(ValueSource source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * A list of configurations.
     *
     * @param factories the configurations that may exist several times
     */
    public record AllConfigurations(List<ConfigurationState> configurations, List<String> factories) {}

    /**
     * Subject of a configuration. Components that do not apply are null.
     *
     * @param queued the number of queued jobs of a queue or limit
     * @param running the number of running jobs of a queue or limit
     * @param unfinished the number of unfinished jobs of a type
     */
    public record Touched(
            @Nullable List<String> members,
            @Nullable Long queued,
            @Nullable Long running,
            @Nullable Long unfinished) {}

    /**
     * Preview of a configuration file.
     *
     * @param checked the findings
     * @param touched the subject of the configuration; null if it has none, or if the file would be refused
     */
    public record FilePreview(CheckedFile checked, @Nullable Touched touched) {}
}
