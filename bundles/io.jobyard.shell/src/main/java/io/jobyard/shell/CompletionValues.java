// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.settings.api.Configurations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jspecify.annotations.Nullable;

/** Current values for options and arguments. */
final class CompletionValues {

    /** Names in the help for files that a command reads. For a remote caller, the client reads them. */
    static final Set<String> FILES = Set.of("F", "FILE");

    private static final int MOST = 20;
    /** Number of latest jobs to search for candidates. */
    private static final int RECENT = 500;

    private static final Map<String, Predicate<JobStatus>> TAKEN = Map.of(
            "job:cancel", status -> !status.isFinished(),
            "job:change", status -> status == JobStatus.WAITING || status == JobStatus.QUEUED,
            "job:signal", status -> !status.isFinished(),
            "job:run-now", status -> status == JobStatus.WAITING,
            "job:retry", status -> status == JobStatus.FAILED || status == JobStatus.CANCELLED);

    /** Any other text would need quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._:/@%+,=-]+");

    private static final Pattern MEMBER = Pattern.compile("user:([^,]+)");

    private final StatusReporter status;
    private final Configurations configurations;

    CompletionValues(StatusReporter status, Configurations configurations) {
        this.status = status;
        this.configurations = configurations;
    }

    /** Returns the values for an argument's name in the help. */
    List<Candidate> of(String name, String command, String begun, Path directory) {
        if (FILES.contains(name)) {
            return FileNames.in(directory, begun, false);
        }
        return switch (name) {
            case "ID", "ID,ID", "ID,ID:run" -> ids(TAKEN.get(command));
            case "TYPE", "T" -> plain(types(command.equals("job:submit")));
            case "QUEUE", "Q", "TARGET" -> plain(status.queues().stream().map(QueueStatus::name));
            case "NAME,NAME" -> plain(status.limits().stream().map(LimitStatus::name));
            case "LIMIT=N" -> begun(status.limits().stream().map(LimitStatus::name));
            case "UNIT=N" -> begun(units());
            case "BUNDLE" -> plain(setAside());
            case "K=V" ->
                plain(recent(RECENT)
                        .flatMap(job -> job.terms().identity().labels().entrySet().stream())
                        .map(label -> label.getKey() + "=" + label.getValue()));
            case "SUBMITTER" -> plain(status.statistics().bySubmitter().keySet().stream());
            case "USER" -> plain(users());
            case "PID" -> plain(configurations.all().stream().map(Configurations.ConfigurationState::name));
            case "P" -> fixed(Stream.of(DependencyPolicy.values()).map(DependencyPolicy::text));
            case "WHAT" -> fixed(Stream.of("jobs", "history", "audit"));
            case "NAME" -> defined(command);
            case "DIR" -> FileNames.in(directory, begun, true);
            default -> List.of();
        };
    }

    /** Returns the limits or queues that a command may change. */
    private List<Candidate> defined(String command) {
        return switch (command) {
            case "job:limit" ->
                plain(status.limits().stream()
                        .filter(limit -> "stored".equals(limit.source()))
                        .map(LimitStatus::name));
            case "job:queue" ->
                plain(status.queues().stream()
                        .filter(queue -> "stored".equals(queue.bounds().source()))
                        .map(QueueStatus::name));
            default -> List.of();
        };
    }

    private List<Candidate> ids(@Nullable Predicate<JobStatus> taken) {
        return recent(taken == null ? MOST : RECENT)
                .filter(job -> taken == null || taken.test(job.status()))
                .limit(MOST)
                .map(CompletionValues::id)
                .toList();
    }

    private static Candidate id(Job job) {
        String ending = JobText.ending(job.id());
        return new Candidate(
                ending, ending, null, Screen.plain(job.type() + ", " + JobText.state(job)), null, null, true);
    }

    private Stream<Job> recent(int most) {
        return status.find(JobQuery.all(most)).jobs().stream();
    }

    private Stream<String> units() {
        return status.limits().stream().flatMap(limit -> limit.rates().stream()).map(LimitStatus.RateStatus::unit);
    }

    /** Candidates after which the user types a number. */
    private static List<Candidate> begun(Stream<String> names) {
        return names.map(name -> name + "=")
                .distinct()
                .map(name -> new Candidate(name, name, null, null, null, null, false))
                .toList();
    }

    private Stream<String> types(boolean isForSubmit) {
        return status.handlers().stream()
                .filter(handler -> !isForSubmit || handler.submittable())
                .map(HandlerStatus::type);
    }

    /** Quarantined bundles without their version, which {@code release} does not need. */
    private Stream<String> setAside() {
        return status.handlers().stream()
                .filter(handler -> handler.state().equals("quarantined"))
                .map(HandlerStatus::bundle)
                .filter(Objects::nonNull)
                .map(bundle -> bundle.split(" ", 2)[0]);
    }

    /** Members of roles. A user without a role has no permissions. */
    private Stream<String> users() {
        return configurations.all().stream()
                .filter(each -> each.name().startsWith("io.jobyard.roles-"))
                .flatMap(role -> role.values().stream())
                .filter(value -> value.key().equals("members"))
                .flatMap(members -> MEMBER.matcher(members.value()).results())
                .map(member -> member.group(1).strip());
    }

    private static List<Candidate> fixed(Stream<String> values) {
        return values.map(Candidate::new).toList();
    }

    private static List<Candidate> plain(Stream<String> values) {
        return values.filter(value -> PLAIN.matcher(value).matches())
                .distinct()
                .sorted()
                .map(Candidate::new)
                .toList();
    }
}
