// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobFilter;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.ConfigurationView;
import io.jobyard.views.api.ConfigurationView.FilePreview;
import io.jobyard.views.api.ConfigurationView.Touched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Check of a file of {@code etc/}: its effect and the affected users. */
final class ConfigurationCheck {

    private final Configurations configurations;
    private final StatusReporter status;

    private ConfigurationCheck(Configurations configurations, StatusReporter status) {
        this.configurations = configurations;
        this.status = status;
    }

    /** Checks a file, or standard input for {@code -}. */
    static Answer of(@Nullable String file, @Nullable String pid, CommandUser user) {
        user.require(AccessRule.CONFIGURATION);
        if (file == null) {
            throw new UsageException("FILE", "missing FILE: job:config check FILE, or - for standard input");
        }
        if (file.equals("-") && pid == null) {
            throw new UsageException(
                    "missing --pid: standard input has no file name; name the configuration with --pid");
        }
        String text = InputFiles.read(
                file, user.screen(), new InputFiles.Limit(user.host().sizes().maxPayloadBytes(), "max.payload.bytes"));
        CheckedFile checked = user.host().configurations().check(name(file, pid), text);
        ConfigurationCheck check = new ConfigurationCheck(user.host().configurations(), user.status());
        boolean isGood = checked.problems().isEmpty();
        FilePreview preview = new FilePreview(checked, isGood ? check.touched(checked) : null);
        return Answer.of(ConfigurationView.CHECK, preview, ConfigurationCheck::print)
                .failedIf(!isGood);
    }

    private static String name(String file, @Nullable String pid) {
        return pid == null ? String.valueOf(Path.of(file).getFileName()) : ConfigCommand.whole(pid) + ".cfg";
    }

    private @Nullable Touched touched(CheckedFile checked) {
        String name = checked.name();
        return Stream.of("limits", "queues", "roles", "types")
                .filter(kind -> name.startsWith(ConfigCommand.OURS + kind + "-"))
                .findFirst()
                .map(kind -> touched(kind, name.substring((ConfigCommand.OURS + kind + "-").length()), checked))
                .orElse(null);
    }

    private Touched touched(String kind, String name, CheckedFile checked) {
        return switch (kind) {
            case "limits" ->
                status.limits().stream()
                        .filter(limit -> limit.name().equals(name))
                        .findFirst()
                        .map(ConfigurationCheck::of)
                        .orElse(new Touched(null, 0L, 0L, null));
            case "queues" ->
                status.queues().stream()
                        .filter(queue -> queue.name().equals(name))
                        .findFirst()
                        .map(ConfigurationCheck::of)
                        .orElse(new Touched(null, 0L, 0L, null));
            case "types" -> new Touched(null, null, null, unfinished(name));
            default -> new Touched(members(checked), null, null, null);
        };
    }

    private static Touched of(LimitStatus limit) {
        return new Touched(null, limit.jobs().queued(), (long) limit.jobs().running(), null);
    }

    private static Touched of(QueueStatus queue) {
        return new Touched(null, queue.jobs().queued(), (long) queue.jobs().running(), null);
    }

    private long unfinished(String type) {
        return status.facets(JobFilter.ALL.withType(type)).byStatus().entrySet().stream()
                .filter(count -> !count.getKey().isFinished())
                .mapToLong(count -> count.getValue())
                .sum();
    }

    /** Returns the members of roles, both current and future. */
    private List<String> members(CheckedFile checked) {
        Stream<String> now = configurations.all().stream()
                .filter(each -> each.name().equals(checked.name()))
                .flatMap(each -> each.values().stream())
                .filter(value -> value.key().equals("members"))
                .map(Configurations.ConfigurationValue::value);
        Set<String> members = new LinkedHashSet<>();
        Stream.concat(now, Stream.ofNullable(checked.values().get("members")))
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .forEach(members::add);
        return new ArrayList<>(members);
    }

    private static void print(FilePreview preview, Screen screen) {
        CheckedFile checked = preview.checked();
        checked.problems().forEach(problem -> screen.error(checked.name() + ": " + problem));
        if (!checked.problems().isEmpty()) {
            return;
        }
        screen.line(checked.name() + " would be accepted; nothing was applied");
        if (!checked.isChecked()) {
            screen.line("  values not checked: the bundle that reads them checks them when it applies them");
        }
        checked.changes().forEach(change -> screen.lines("  " + screen.wrapped(text(change), 2)));
        if (checked.changes().isEmpty()) {
            screen.line("  no changes");
        }
        Touched touched = preview.touched();
        if (touched != null) {
            screen.lines("  " + screen.wrapped(text(touched), 2));
        }
    }

    static String text(ValueChange change) {
        return change.key() + ": " + text(change.before()) + " → " + text(change.after());
    }

    private static String text(@Nullable String value) {
        return value == null ? "(none)" : value;
    }

    private static String text(Touched touched) {
        if (touched.members() != null) {
            return "members: " + String.join(", ", touched.members());
        }
        return touched.unfinished() != null
                ? "unfinished jobs: " + touched.unfinished()
                : "queued jobs: " + touched.queued() + ", running: " + touched.running();
    }
}
