// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stored form of a schedule that was added at run time. Default values are omitted. */
final class Definition {

    static final int LONGEST = 32_000;

    private static final String WHAT = "the definition";

    private Definition() {}

    static String write(Plan plan) {
        ScheduleSpecification asked = plan.asked();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (asked.rhythm() instanceof Rhythm.Cron cron) {
            put(all, "cron", cron.expression());
            put(
                    all,
                    "syntax",
                    cron.syntax() == CronSyntax.UNIX ? null : cron.syntax().text());
        } else if (asked.rhythm() instanceof Rhythm.Every every) {
            put(all, "every", every.interval());
        } else if (asked.rhythm() instanceof Rhythm.Delay delay) {
            put(all, "delay", delay.interval());
        }
        put(all, "zone", asked.zone());
        put(all, "missed", asked.missed().policy().text());
        put(all, "grace", asked.missed().grace());
        put(all, "overlap", asked.overlap().text());
        put(all, "jitter", asked.jitter());
        put(all, "start", asked.bounds().start());
        put(all, "end", asked.bounds().end());
        if (!asked.bounds().calendars().isEmpty()) {
            all.put("calendars", asked.bounds().calendars());
        }
        put(all, "owner", plan.owner().name());
        put(all, "kind", plan.owner().kind());
        all.put("job", job(asked.job()));
        String text = JsonWriter.compact(all);
        if (text.length() > LONGEST) {
            throw new ValidationException("schedule " + asked.name() + " has " + text.length()
                    + " characters of JSON, more than " + LONGEST + ": store the data elsewhere and pass a reference");
        }
        return text;
    }

    private static void put(Map<String, @Nullable Object> all, String key, @Nullable Object value) {
        if (value != null) {
            all.put(key, value.toString());
        }
    }

    /** Returns whether both definitions create equal jobs. */
    static boolean isSameJob(Plan one, Plan other) {
        return JsonWriter.compact(job(one.asked().job()))
                .equals(JsonWriter.compact(job(other.asked().job())));
    }

    private static Map<String, @Nullable Object> job(JobSpecification job) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("type", job.type());
        all.put("payload", job.payload());
        all.put("priority", job.routing().priority());
        all.put("queue", job.routing().queue());
        all.put(
                "timeout",
                job.runs().timeout() == null ? null : job.runs().timeout().toMillis() + "ms");
        all.put("maxRetries", job.runs().maxRetries());
        all.put("labels", job.identity().labels());
        all.put("handlerVersion", job.routing().handlerVersion());
        all.put("limits", List.copyOf(job.demand().limits()));
        all.put("estimate", job.demand().estimate());
        all.values().removeIf(value -> value == null);
        return all;
    }

    @SuppressWarnings("unchecked")
    static Plan read(String name, String text) {
        Map<String, Object> all = JsonReader.object(WHAT, text);
        JobSpecification job = new SpecificationReader(
                        id -> {
                            throw new ValidationException("the job of a schedule cannot have dependencies");
                        },
                        Clock.systemUTC())
                .read(WHAT, (Map<String, Object>) Objects.requireNonNull(all.get("job")), Set.of());
        ScheduleSpecification asked = new ScheduleSpecification(
                name,
                rhythm(all),
                ZoneId.of(present(all, "zone")),
                Duration.parse(present(all, "jitter")),
                new ScheduleSpecification.MissedRules(
                        MissedPolicy.of(present(all, "missed")), Duration.parse(present(all, "grace"))),
                OverlapPolicy.of(present(all, "overlap")),
                new ScheduleSpecification.ScheduleBounds(instant(all, "start"), instant(all, "end"), calendars(all)),
                job);
        Caller owner = new Caller(Caller.CallerKind.valueOf(present(all, "kind")), present(all, "owner"), null);
        return Plan.of(asked, owner, false);
    }

    private static @Nullable String text(Map<String, Object> all, String key) {
        return (String) all.get(key);
    }

    private static String present(Map<String, Object> all, String key) {
        String text = text(all, key);
        if (text == null) {
            throw new ValidationException(WHAT + ": " + key + " is missing");
        }
        return text;
    }

    private static Rhythm rhythm(Map<String, Object> all) {
        String cron = text(all, "cron");
        if (cron != null) {
            String syntax = text(all, "syntax");
            return new Rhythm.Cron(cron, syntax == null ? CronSyntax.UNIX : CronSyntax.of(syntax));
        }
        String every = text(all, "every");
        return every != null
                ? new Rhythm.Every(Duration.parse(every))
                : new Rhythm.Delay(Duration.parse(present(all, "delay")));
    }

    @SuppressWarnings("unchecked")
    private static List<String> calendars(Map<String, Object> all) {
        return (List<String>) all.getOrDefault("calendars", List.of());
    }

    private static @Nullable Instant instant(Map<String, Object> all, String key) {
        String text = text(all, key);
        return text == null ? null : Instant.parse(text);
    }
}
