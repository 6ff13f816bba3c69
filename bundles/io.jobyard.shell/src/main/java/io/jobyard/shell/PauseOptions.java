// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that select jobs to pause or resume. */
final class PauseOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "QUEUE",
            description = "Jobs of this queue, by name; the queue needs no configuration.")
    @Nullable
    String queue;

    @Option(names = "--type", paramLabel = "TYPE", description = "Jobs of this type.")
    @Nullable
    String type;

    @Option(
            names = "--limit",
            paramLabel = "LIMIT",
            description = "Jobs that use this limit, by themselves or through their handler.")
    @Nullable
    String limit;

    @Option(names = "--user", paramLabel = "USER", description = "Jobs of this submitter.")
    @Nullable
    String user;

    @Option(
            names = "--job",
            paramLabel = "ID",
            description = "One waiting or queued job, by its ID or its last characters.")
    @Nullable
    String job;

    @Option(names = "--all", description = "All jobs.")
    boolean all;

    PauseTarget target() {
        List<PauseTarget> named = Stream.of(
                        named(TargetKind.QUEUE, queue),
                        named(TargetKind.TYPE, type),
                        named(TargetKind.LIMIT, limit),
                        named(TargetKind.USER, user),
                        all ? PauseTarget.ALL : null)
                .filter(Objects::nonNull)
                .toList();
        if (job != null || named.size() != 1) {
            throw new UsageException("missing target: give one of QUEUE, --type, --limit, --user, --job and --all");
        }
        return named.get(0);
    }

    /** Returns whether the options select only one job. */
    boolean isOfOneJob() {
        return job != null && Stream.of(queue, type, limit, user).allMatch(Objects::isNull) && !all;
    }

    /** Formats a target as the user types it. */
    static String words(PauseTarget target) {
        return switch (target.kind()) {
            case QUEUE -> target.name();
            case ALL -> "--all";
            case TYPE -> "--type " + target.name();
            case LIMIT -> "--limit " + target.name();
            case USER -> "--user " + target.name();
        };
    }

    /** Formats a target for people: {@code queue llm is}, {@code all jobs are}. */
    static String subject(PauseTarget target) {
        return target + (target.kind() == TargetKind.ALL ? " are" : " is");
    }

    private static @Nullable PauseTarget named(TargetKind kind, @Nullable String name) {
        return name == null ? null : new PauseTarget(kind, name);
    }
}
