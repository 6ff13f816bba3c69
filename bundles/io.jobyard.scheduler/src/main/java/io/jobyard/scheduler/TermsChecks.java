// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.VisibleText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/** Checks a specification and fills in the defaults. Every message contains the value, the range and the fix. */
final class TermsChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final int MAX_TEXT = 200;
    private static final int MAX_LABELS = 20;
    private static final int MAX_POLICIES = 100;
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(86_400);
    private static final int MAX_RETRIES = 10;
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private TermsChecks() {}

    static JobTerms agree(JobSpecification asked, JobDefaults defaults, int levels, Instant now) {
        KeyChecks.agree(asked);
        policies(asked);
        Instant notBefore = micros("notBefore", KeyChecks.notBefore(asked, now));
        Map<String, Double> estimate = LimitChecks.estimate(asked.demand().estimate(), defaults.slots());
        return new JobTerms(
                name("type", asked.type()),
                new JobTerms.RoutingTerms(
                        asked.routing().queue() == null
                                ? defaults.queue()
                                : name("queue", asked.routing().queue()),
                        priority(asked.routing().priority(), levels, defaults.priority()),
                        range(asked.routing().handlerVersion())),
                new JobTerms.RunRules(
                        timeout(asked, defaults), retries(asked.runs().maxRetries(), defaults)),
                new JobTerms.DependencyTerms(
                        asked.ifDependencyFails(), Map.of()), // dependencies by name have no IDs yet
                new JobTerms.JobTimes(
                        notBefore,
                        inTime("expires", asked.times().expires(), notBefore, now),
                        inTime("deadline", asked.times().deadline(), notBefore, now)),
                new JobTerms.Identity(
                        asked.identity().key() == null
                                ? null
                                : identity("key", asked.identity().key()),
                        KeyChecks.keyUntil(asked, now),
                        labels(asked.identity().labels()),
                        null,
                        asked.identity().group() == null
                                ? null
                                : name("group", asked.identity().group()),
                        endsGroup(asked)),
                new JobTerms.JobDemand(LimitChecks.limits(asked.demand().limits(), estimate), estimate));
    }

    /**
     * Checks only changed values, because the others were checked before.
     *
     * @param longest maximum timeout of the type; null for no bound
     */
    static JobTerms changed(JobTerms before, JobChange change, int levels, @Nullable Duration longest) {
        JobTerms after = change.applyTo(before);
        if (after.routing().priority() != before.routing().priority()) {
            priority(after.routing().priority(), levels, after.routing().priority());
        }
        if (after.routing().queue() != null
                && !after.routing().queue().equals(before.routing().queue())) {
            name("queue", after.routing().queue());
        }
        if (!Objects.equals(after.times().notBefore(), before.times().notBefore())) {
            micros("notBefore", after.times().notBefore());
            inTime("expires", after.times().expires(), after.times().notBefore());
            inTime("deadline", after.times().deadline(), after.times().notBefore());
        }
        if (!after.runs().timeout().equals(before.runs().timeout())) {
            timeout(after.runs().timeout(), after.type(), longest);
        }
        if (!after.identity().labels().equals(before.identity().labels())) {
            labels(after.identity().labels());
        }
        if (!after.demand().limits().equals(before.demand().limits())) {
            LimitChecks.limits(after.demand().limits());
        }
        return after;
    }

    static String text(String what, String value) {
        if (value.isBlank()
                || value.length() > MAX_TEXT
                || value.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) { // an unpaired surrogate
            throw new ValidationException(
                    what,
                    "invalid " + what + " '" + shown(value) + "': use 1 to " + MAX_TEXT + " printable characters");
        }
        return value;
    }

    /**
     * Checks a text that identifies an object. Some databases treat {@code 'a '} and {@code 'a'} as equal, so spaces at the end are
     * rejected.
     */
    static String identity(String what, String value) {
        text(what, value);
        if (isBlank(value.codePointAt(0)) || isBlank(value.codePointBefore(value.length()))) {
            throw new ValidationException(
                    what, "invalid " + what + " '" + shown(value) + "': remove the space at its beginning or end");
        }
        return value;
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    static String name(String what, @Nullable String value) {
        if (value == null) {
            throw new ValidationException(
                    what, "missing " + what + ": use 1 to 200 of the characters A-Z a-z 0-9 . _ -");
        }
        if (!NAME.matcher(value).matches()) {
            throw new ValidationException(
                    what,
                    "invalid " + what + " '" + shown(value) + "': use 1 to 200 of the characters A-Z a-z 0-9 . _ -");
        }
        return value;
    }

    private static int priority(@Nullable Integer asked, int levels, int defaultLevel) {
        if (asked == null) {
            return defaultLevel;
        }
        if (asked < 1 || asked > levels) {
            throw new ValidationException(
                    "priority", "priority " + asked + " is out of range: use 1 (first) to " + levels + " (last)");
        }
        return asked;
    }

    private static Duration timeout(JobSpecification asked, JobDefaults defaults) {
        Duration timeout = asked.runs().timeout();
        return timeout == null
                ? defaults.timeout()
                : timeout(timeout, String.valueOf(asked.type()), defaults.maxTimeout());
    }

    private static Duration timeout(Duration asked, String type, @Nullable Duration longest) {
        if (asked.compareTo(Duration.ofSeconds(1)) < 0 || asked.compareTo(MAX_TIMEOUT) > 0) {
            throw new ValidationException(
                    "timeout", "timeout " + seconds(asked) + " s is out of range: use 1 to 86400 seconds");
        } else if (longest != null && asked.compareTo(longest) > 0) {
            throw new ValidationException(
                    "timeout",
                    "timeout " + seconds(asked) + " s is out of range: use 1 to " + seconds(longest)
                            + " seconds, or raise timeout.max in etc/io.jobyard.types-" + type + ".cfg");
        }
        return asked.truncatedTo(ChronoUnit.MILLIS);
    }

    private static int retries(@Nullable Integer asked, JobDefaults defaults) {
        if (asked == null) {
            return defaults.maxRetries();
        }
        if (asked < 0 || asked > MAX_RETRIES) {
            throw new ValidationException(
                    "maxRetries", "maxRetries " + asked + " is out of range: use 0 (none) to " + MAX_RETRIES);
        }
        return asked;
    }

    private static @Nullable Instant inTime(
            String what, @Nullable Instant end, @Nullable Instant notBefore, Instant now) {
        Instant exact = micros(what, end);
        if (exact == null) {
            return null;
        }
        if (!exact.isAfter(now)) {
            throw new ValidationException(what, what + " " + exact + " has passed: use a time after " + now);
        }
        inTime(what, exact, notBefore);
        return exact;
    }

    private static void inTime(String what, @Nullable Instant end, @Nullable Instant notBefore) {
        if (notBefore != null && end != null && !end.isAfter(notBefore)) {
            throw new ValidationException(
                    what,
                    "invalid " + what + " " + end + ": it is not after notBefore " + notBefore
                            + ", so the job could never start");
        }
    }

    private static @Nullable String endsGroup(JobSpecification asked) {
        if (asked.identity().endsGroup() == null) {
            return null;
        }
        String ends = name("endsGroup", asked.identity().endsGroup());
        if (ends.equals(asked.identity().group())) {
            throw new ValidationException(
                    "endsGroup", "group '" + ends + "' cannot be ended by one of its own jobs: omit group");
        }
        return ends;
    }

    private static void policies(JobSpecification asked) {
        int policies = asked.dependencies().policies().size()
                + asked.dependencies().namePolicies().size();
        if (policies > MAX_POLICIES) {
            throw new ValidationException(
                    "dependencyPolicies",
                    "too many dependencies with their own policy: " + policies + "; use at most " + MAX_POLICIES
                            + ", and ifDependencyFails for all others");
        }
    }

    private static Map<String, String> labels(Map<String, String> labels) {
        if (labels.size() > MAX_LABELS) {
            throw new ValidationException(
                    "labels", "too many labels: the job has " + labels.size() + "; use at most " + MAX_LABELS);
        }
        labels.forEach((label, value) -> {
            try {
                name("label", label);
                text("value of label " + label, value);
            } catch (ValidationException e) {
                throw new ValidationException(FieldProblem.path("labels", label), String.valueOf(e.getMessage()));
            }
        });
        return labels;
    }

    static @Nullable String range(@Nullable String range) {
        if (range == null || isRange(range)) {
            return range;
        }
        throw new ValidationException(
                "handlerVersion",
                "invalid handlerVersion '" + shown(range)
                        + "': use an OSGi version range, for example 1.2 (1.2 or higher) or [1.2,2)");
    }

    private static boolean isRange(String text) {
        try {
            return !text.isBlank()
                    && text.length() <= MAX_TEXT
                    && !VersionRange.valueOf(text).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static @Nullable Instant micros(String what, @Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END_OF_TIME)) {
            throw new ValidationException(
                    what,
                    what + " " + instant + " is out of range: use a time from " + Instant.EPOCH + " to the year 9999");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Formats a duration in seconds: {@code 60}, {@code 1.5}. */
    static String seconds(Duration duration) {
        BigDecimal whole = BigDecimal.valueOf(duration.getSeconds());
        return whole.add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String shown(String value) {
        String printable = VisibleText.line(value);
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
    }
}
