// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definition of a schedule: its times and its jobs. The values are checked when the schedule is added.
 *
 * <pre>{@code
 * ScheduleSpecification.named("nightly", JobSpecification.type("report").payload(Map.of("day", "${fireAt:yyyy-MM-dd}")).build())
 *         .cron("0 2 * * *", ZoneId.of("Europe/Berlin"))
 *         .build()
 * }</pre>
 *
 * <p>In texts of the payload, the host replaces <code>${fireAt}</code> with the scheduled time of the job. It replaces
 * <code>${lastCompletedAt}</code> with the time at which a job of the schedule last completed, or with an empty text. Both times are ISO
 * 8601 instants in UTC. With a pattern of {@link java.time.format.DateTimeFormatter}, for example <code>${fireAt:yyyy-MM-dd}</code>, the
 * host formats the time in the schedule's zone.
 *
 * @param name name of the schedule; 1 to 200 of the characters A-Z a-z 0-9 . _ -
 * @param zone time zone of a cron expression and of the calendars
 * @param jitter maximum delay of a job after its scheduled time; the delay of one time is always the same
 * @param overlap policy for an earlier job that has not finished
 * @param job request for each time; without its own dependencies, key and times
 */
public record ScheduleSpecification(
        String name,
        Rhythm rhythm,
        ZoneId zone,
        Duration jitter,
        MissedRules missed,
        OverlapPolicy overlap,
        ScheduleBounds bounds,
        JobSpecification job) {

    /** Rule for the scheduled times. */
    public sealed interface Rhythm {

        /**
         * Times by a cron expression.
         *
         * @param expression expression in the syntax, for example {@code 0 2 * * *} in {@link CronSyntax#UNIX}
         * @param syntax fields of the expression
         */
        record Cron(String expression, CronSyntax syntax) implements Rhythm {}

        /** A fixed interval between times, however long jobs take. */
        record Every(Duration interval) implements Rhythm {}

        /** An interval from the end of one job to the next scheduled time. */
        record Delay(Duration interval) implements Rhythm {}
    }

    /**
     * Rules for missed times.
     *
     * @param policy action for missed times
     * @param grace delay up to which a scheduled time does not count as missed
     */
    public record MissedRules(MissedPolicy policy, Duration grace) {}

    /**
     * Range of the times.
     *
     * @param start earliest time; null for no restriction
     * @param end latest time, exclusive; null for none
     * @param calendars names of calendars; a time gets a job only if all of them are open
     */
    public record ScheduleBounds(
            @Nullable Instant start, @Nullable Instant end, List<String> calendars) {

        public ScheduleBounds {
            calendars = List.copyOf(calendars);
        }
    }

    /** Default grace period. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(1);

    /**
     * Starts a specification.
     *
     * @param job request for each scheduled time
     */
    public static Builder named(String name, JobSpecification job) {
        return new Builder(name, job);
    }

    /** Returns a builder with the same values. */
    public Builder toBuilder() {
        Builder builder = new Builder(name, job);
        builder.rhythm = rhythm;
        builder.syntax = rhythm instanceof Rhythm.Cron cron ? cron.syntax() : CronSyntax.UNIX;
        builder.zone = zone;
        builder.jitter = jitter;
        builder.missed = missed.policy;
        builder.grace = missed.grace;
        builder.overlap = overlap;
        builder.start = bounds.start;
        builder.end = bounds.end;
        builder.calendars = bounds.calendars;
        return builder;
    }

    /** Builder of a specification. Not safe for use by several threads. */
    public static final class Builder {

        private final String name;
        private JobSpecification job;
        private @Nullable Rhythm rhythm;
        private CronSyntax syntax = CronSyntax.UNIX;
        private ZoneId zone = ZoneId.of("UTC");
        private MissedPolicy missed = MissedPolicy.LAST;
        private Duration grace = DEFAULT_GRACE;
        private OverlapPolicy overlap = OverlapPolicy.SKIP;
        private Duration jitter = Duration.ZERO;
        private @Nullable Instant start;
        private @Nullable Instant end;
        private List<String> calendars = List.of();

        private Builder(String name, JobSpecification job) {
            this.name = name;
            this.job = job;
        }

        /** Sets the request for each scheduled time. */
        public Builder job(JobSpecification specification) {
            job = specification;
            return this;
        }

        /**
         * Sets a cron expression; replaces an interval.
         *
         * @param expression five or six fields, or a word, for example {@code @daily}; other fields with another {@link #syntax}
         */
        public Builder cron(String expression) {
            rhythm = new Rhythm.Cron(expression, syntax);
            return this;
        }

        /**
         * Sets a cron expression with its zone; replaces an interval.
         *
         * @param expression five or six fields, or a word, for example {@code @daily}
         * @param local zone of the expression
         */
        public Builder cron(String expression, ZoneId local) {
            return cron(expression).zone(local);
        }

        /** Sets the syntax of a cron expression. Default: {@link CronSyntax#UNIX}. */
        public Builder syntax(CronSyntax fields) {
            syntax = fields;
            return this;
        }

        /** Sets the zone of a cron expression and of the calendars. Default: UTC. */
        public Builder zone(ZoneId local) {
            zone = local;
            return this;
        }

        /**
         * Sets a fixed interval between times, however long jobs take.
         *
         * @param interval 1 second to 36,500 days
         */
        public Builder every(Duration interval) {
            rhythm = new Rhythm.Every(interval);
            return this;
        }

        /**
         * Sets the interval from the end of a job to the next scheduled time.
         *
         * @param interval 1 second to 36,500 days
         */
        public Builder delay(Duration interval) {
            rhythm = new Rhythm.Delay(interval);
            return this;
        }

        /** Sets the policy for missed times. Default: {@link MissedPolicy#LAST}. */
        public Builder missed(MissedPolicy policy) {
            missed = policy;
            return this;
        }

        /**
         * Sets the grace period of late times. Default: 1 minute.
         *
         * @param late grace period, 1 second to 1 day
         */
        public Builder grace(Duration late) {
            grace = late;
            return this;
        }

        /** Sets the policy for an earlier job that has not finished. Default: {@link OverlapPolicy#SKIP}. */
        public Builder overlap(OverlapPolicy policy) {
            overlap = policy;
            return this;
        }

        /**
         * Sets the jitter that spreads the times. Default: none.
         *
         * @param most maximum delay of a job after its scheduled time, at most 1 day
         */
        public Builder jitter(Duration most) {
            jitter = most;
            return this;
        }

        /**
         * Sets the earliest scheduled time.
         *
         * @param instant earliest time; null for none
         */
        public Builder start(@Nullable Instant instant) {
            start = instant;
            return this;
        }

        /**
         * Sets the end of the scheduled times.
         *
         * @param instant end, exclusive; null for none
         */
        public Builder end(@Nullable Instant instant) {
            end = instant;
            return this;
        }

        /**
         * Sets the calendars. A scheduled time at which one of them is closed gets no job. Default: none.
         *
         * @param names at most 10 names of calendars in the host's configuration
         */
        public Builder calendars(List<String> names) {
            calendars = List.copyOf(names);
            return this;
        }

        /**
         * Builds the specification.
         *
         * @return the specification; its values are not checked yet
         * @throws ValidationException if it has neither a cron expression nor an interval
         */
        public ScheduleSpecification build() {
            if (rhythm == null) {
                throw new ValidationException("schedule " + name + " has no times: set one of cron, every and delay");
            }
            return new ScheduleSpecification(
                    name,
                    rhythm instanceof Rhythm.Cron cron ? new Rhythm.Cron(cron.expression(), syntax) : rhythm,
                    zone,
                    jitter,
                    new ScheduleSpecification.MissedRules(missed, grace),
                    overlap,
                    new ScheduleSpecification.ScheduleBounds(start, end, calendars),
                    job);
        }
    }
}
