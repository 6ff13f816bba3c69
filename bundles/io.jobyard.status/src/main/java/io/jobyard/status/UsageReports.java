// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sums up the usage of runs, page by page. */
final class UsageReports {

    /** Field with the model of a run. */
    static final String MODEL = HiddenFields.PAYLOAD + ".model";

    private static final int PAGE = 1_000;

    private static final Comparator<Usage> ORDER = Comparator.comparing(
                    Usage::since, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(usage -> usage.group().values().toString())
            .thenComparing(Usage::unit);

    private record SumKey(@Nullable LocalDate since, Map<String, @Nullable String> group, String unit) {}

    private static final class UsageSum {

        private BigDecimal amount = BigDecimal.ZERO;
        private BigDecimal estimate = BigDecimal.ZERO;
        private long runs;

        void add(RunUse use) {
            Double estimated = use.estimate();
            amount = amount.add(BigDecimal.valueOf(use.amount()));
            estimate = estimated == null ? estimate : estimate.add(BigDecimal.valueOf(estimated));
            runs++;
        }
    }

    private final UsageStore store;

    UsageReports(UsageStore store) {
        this.store = store;
    }

    List<RunUse> uses(JobId id) {
        return store.uses(id);
    }

    List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        return store.uses(since, until, after, limit);
    }

    /** Returns the usage. {@code shown} removes hidden parts of each use. */
    List<Usage> usage(UsageQuery query, UnaryOperator<RunUse> shown) {
        Map<SumKey, UsageSum> sums = new HashMap<>();
        each(query, use -> {
            sums.computeIfAbsent(key(query, shown.apply(use)), any -> new UsageSum())
                    .add(use);
            if (sums.size() > UsageQuery.MAX_SUMS) {
                throw new ValidationException("more than " + UsageQuery.MAX_SUMS
                        + " sums: use a shorter time, longer periods, or one user, type or unit");
            }
        });
        List<Usage> told = new ArrayList<>();
        sums.forEach((key, sum) ->
                told.add(new Usage(key.since(), key.group(), key.unit(), sum.amount, sum.estimate, sum.runs)));
        told.sort(ORDER);
        return told;
    }

    private void each(UsageQuery query, Consumer<RunUse> reader) {
        RunUse last = null;
        List<RunUse> page;
        do {
            page = store.uses(query.since(), query.until(), last, PAGE);
            page.stream().filter(use -> isAsked(query, use)).forEach(reader);
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == PAGE);
    }

    private static boolean isAsked(UsageQuery query, RunUse use) {
        return (query.submitter() == null || query.submitter().equals(use.run().submitter()))
                && (query.type() == null || query.type().equals(use.run().type()))
                && (query.unit() == null || query.unit().equals(use.unit()));
    }

    private static SumKey key(UsageQuery query, RunUse use) {
        UsageQuery.Period per = query.per();
        LocalDate since =
                per == null ? null : per.begin(LocalDate.ofInstant(use.run().startedAt(), query.zone()));
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        query.by().forEach(name -> group.put(name, value(name, use)));
        return new SumKey(since, group, use.unit());
    }

    private static @Nullable String value(String name, RunUse use) {
        return switch (name) {
            case "user" -> use.run().submitter();
            case "type" -> use.run().type();
            case "model" -> use.run().model();
            default -> use.run().labels().get(name.substring(UsageQuery.LABEL.length()));
        };
    }
}
