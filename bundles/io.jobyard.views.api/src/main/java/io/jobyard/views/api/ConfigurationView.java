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

/** What the host is configured with. */
public final class ConfigurationView {

    private static final View<ConfigurationValue> VALUE = View.<ConfigurationValue>of(
                    "value", "One value that is in force.")
            .text("key", "its name", ConfigurationValue::key)
            .text(
                    "value",
                    "what is in force; empty if nothing is, and `(hidden)` for a secret",
                    ConfigurationValue::value)
            .text(
                    "source",
                    "`file`, `config admin`, `last good`, `default`, or `none` if nothing good was there yet",
                    value -> words(value.source()))
            .text("file?", "the name of its file in `etc/`", ConfigurationValue::file)
            .text(
                    "refused?",
                    "`(hidden)` if something else was written that is not in force; null if all is",
                    ConfigurationValue::refused);

    private static final View<ConfigurationState> CONFIGURATION = View.<ConfigurationState>of(
                    "configuration", "What has one PID.")
            .text("pid", "its PID, as its file is called", ConfigurationState::name)
            .list("values", VALUE, "each value", ConfigurationState::values)
            .list("problems", FindingView.FINDING, "what the doctor says of it", ConfigurationState::problems);

    /** Some configurations. */
    public static final View<AllConfigurations> CONFIGURATIONS = View.<AllConfigurations>of(
                    "configurations", "The configuration that is in force.")
            .list("configurations", CONFIGURATION, "each of them", AllConfigurations::configurations)
            .texts(
                    "factories",
                    "of which there may be any number, such as `io.jobyard.limits-NAME`",
                    AllConfigurations::factories);

    private static final View<ValueChange> CHANGE = View.<ValueChange>of("changed value", "Another value than before.")
            .text("key", "its name", ValueChange::key)
            .text("before?", "what was in force; null if nothing was, and `(hidden)` for a secret", ValueChange::before)
            .text("after?", "what is, or would be; null if nothing, and `(hidden)` for a secret", ValueChange::after);

    private static final View<Touched> TOUCHED = View.<Touched>of("touched", "Whom a configuration is about.")
            .texts("members?", "of a role: its members, those that it would lose too", Touched::members)
            .whole("queued?", "of a queue or a limit: how many jobs are queued in it, or draw on it", Touched::queued)
            .whole("running?", "of a queue or a limit: how many run", Touched::running)
            .whole("unfinished?", "of a type: how many of its jobs have not ended", Touched::unfinished);

    /** What a file would bring. */
    public static final View<FilePreview> CHECK = View.<FilePreview>of(
                    "configuration check", "What a file would bring. Nothing is applied.")
            .text(
                    "pid",
                    "its PID, as its file has to be called",
                    preview -> preview.checked().name())
            .flag(
                    "good",
                    "whether it would be taken",
                    preview -> preview.checked().problems().isEmpty())
            .texts(
                    "problems",
                    "why it would be refused, in the words of the log",
                    preview -> preview.checked().problems())
            .flag(
                    "checked",
                    "whether its values were looked at; a handler's bundle does so when it takes them",
                    preview -> preview.checked().isChecked())
            .list(
                    "changes",
                    CHANGE,
                    "what would be in force otherwise than now",
                    preview -> preview.checked().changes())
            .one("touched?", TOUCHED, "whom it is about; null if that is nobody in particular", FilePreview::touched);

    private static final View<JournalEntry> ENTRY = View.<JournalEntry>of(
                    "configuration entry", "A change of a configuration.")
            .text("entry", "what it is called in a rollback", JournalEntry::id)
            .instant("at", "when the host saw it", JournalEntry::at)
            .text("who", "who, as far as that is known, such as `file owner root`", JournalEntry::who)
            .text("pid", "the PID, as its file is called", JournalEntry::name)
            .flag("here", "whether it was on this host, and not on another one of its database", JournalEntry::isHere)
            .list("changes", CHANGE, "each value; empty if the audit cannot be read that far", JournalEntry::changes)
            .text("detail", "the same as the audit has it", JournalEntry::detail);

    /** What became of the configuration. */
    public static final View<List<JournalEntry>> LOG = View.<List<JournalEntry>>of(
                    "configuration log", "What became of the configuration.")
            .list("entries", ENTRY, "each change, the oldest first", entries -> entries);

    /** What a rollback did. */
    public static final View<RolledBack> ROLLBACK = View.<RolledBack>of(
                    "configuration rollback", "A file that is as it was.")
            .text("pid", "the PID, as its file is called", RolledBack::name)
            .text("entry", "it is as after this entry", RolledBack::id)
            .list("changes", CHANGE, "the values that are others by that", RolledBack::changes);

    private ConfigurationView() {}

    /**
     * Where a value comes from.
     *
     * @return in small letters, with a space between words
     */
    public static String words(ValueSource source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Some configurations.
     *
     * @param factories what may be configured several times
     */
    public record AllConfigurations(List<ConfigurationState> configurations, List<String> factories) {}

    /**
     * Whom a configuration is about. What does not apply is null.
     *
     * @param members of a role
     * @param queued of a queue or limit, how many jobs are queued
     * @param running of a queue or limit, how many run
     * @param unfinished of a type, how many of its jobs have not ended
     */
    public record Touched(
            @Nullable List<String> members,
            @Nullable Long queued,
            @Nullable Long running,
            @Nullable Long unfinished) {}

    /**
     * What a file would bring.
     *
     * @param checked what was found
     * @param touched whom it is about; null if that is nobody in particular, or the file would be refused
     */
    public record FilePreview(CheckedFile checked, @Nullable Touched touched) {}
}
