// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.queue.QueueRules;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the limits and the estimate of a job. */
final class LimitChecks {

    private static final String ESTIMATE = "estimate";
    static final int MOST = 10;
    private static final int MOST_SLOTS = 100_000;
    private static final Pattern LIMIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private LimitChecks() {}

    /** Returns the limits of the job, including limits of which the job only names slots. */
    static List<String> limits(Collection<String> limits, Map<String, Double> estimate) {
        return limits(Stream.concat(limits.stream(), slots(estimate.keySet())).toList());
    }

    private static Stream<String> slots(Collection<String> units) {
        return units.stream()
                .filter(unit -> unit.startsWith(Unit.SLOTS))
                .map(unit -> unit.substring(Unit.SLOTS.length()));
    }

    /** Returns the names without values, because the values of limits with a key are determined again. */
    static List<String> limits(Collection<String> limits) {
        List<String> names = limits.stream()
                .map(text -> NamedLimit.parse(text).name())
                .distinct()
                .toList();
        tooMany("limits", "limits", names.size());
        names.forEach(name -> {
            if (!LIMIT.matcher(name).matches()) {
                throw new ValidationException(
                        "limits",
                        "invalid limit '" + TermsChecks.shown(name)
                                + "': use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
            }
        });
        return names;
    }

    /** Returns the estimate with the slots that jobs of the type take, unless the job sets them. */
    static Map<String, Double> estimate(Map<String, Double> asked, Map<String, Integer> slots) {
        Map<String, Double> estimate = new LinkedHashMap<>(asked);
        slots.forEach((limit, count) -> estimate.putIfAbsent(Unit.SLOTS + limit, (double) count));
        checkEstimate(estimate);
        return estimate;
    }

    static void checkEstimate(Map<String, Double> estimate) {
        tooMany(ESTIMATE, "estimates", estimate.size());
        estimate.forEach((unit, amount) -> {
            if (unit.startsWith(Unit.SLOTS)) { // the name of a limit is checked separately
                slots(unit, amount);
            } else if (!Unit.isName(unit)) {
                throw new ValidationException(
                        ESTIMATE, "invalid unit '" + TermsChecks.shown(unit) + "' of the estimate: use " + Unit.FORM);
            }
            if (!(amount >= 0 && amount <= Unit.LARGEST)) {
                throw new ValidationException(
                        FieldProblem.path(ESTIMATE, unit),
                        "estimate " + unit + " = " + amount + " is out of range: use a number from 0 to 1000000000000");
            }
        });
    }

    private static void slots(String unit, double amount) {
        if (!(amount >= 1 && amount <= MOST_SLOTS && amount == Math.rint(amount))) {
            throw new ValidationException(
                    FieldProblem.path(ESTIMATE, unit),
                    "estimate " + TermsChecks.shown(unit) + " = " + Rate.text(amount)
                            + " is out of range: a job takes 1 to " + MOST_SLOTS + " whole slots of a limit");
        }
    }

    /** Rejects a demand for more slots than a limit always has, because the job could never start. */
    static void fit(Map<String, Double> estimate, Function<String, @Nullable Integer> slotsOf) {
        slots(estimate.keySet()).forEach(limit -> {
            Integer max = slotsOf.apply(limit);
            int slots = Objects.requireNonNull(estimate.get(Unit.SLOTS + limit)).intValue();
            if (max != null && slots > max) {
                throw new ValidationException(
                        FieldProblem.path(ESTIMATE, Unit.SLOTS + limit),
                        slots + " slots of limit " + limit + " are more than the " + max
                                + " that the limit always has, so the job could never start; take at most " + max
                                + ", or ask an administrator to raise running.max or the lower bound of adaptive");
            }
        });
    }

    /** Rejects a demand for more than the limits of the job or its handler can ever provide, because the job could never start. */
    static void fit(JobTerms terms, QueueRules queue) {
        String fault = queue.oversized(
                terms.type(),
                terms.routing().handlerVersion(),
                terms.demand().limits(),
                terms.demand().estimate());
        if (fault != null) {
            throw new ValidationException(
                    ESTIMATE,
                    "estimate " + fault + ", so the job could never start; estimate less,"
                            + " or ask an administrator to raise the limit");
        }
    }

    /** Rejects a demand for more than a whole budget of the submitter, because the job could never start. */
    static void fit(Map<String, Double> estimate, List<Quotas.QuotaShare> shares) {
        for (Quotas.QuotaShare share : shares) {
            share.quota().budgets().forEach((unit, budget) -> {
                double amount = estimate.getOrDefault(unit, 0.0);
                if (amount > budget.amount()) {
                    throw new ValidationException(
                            FieldProblem.path(ESTIMATE, unit),
                            "estimate " + unit + " = " + Rate.text(amount)
                                    + " exceeds the whole budget of " + share.name() + ", which is " + budget
                                    + ", so the job could never start; estimate at most " + Rate.text(budget.amount())
                                    + ", or ask an administrator to raise the budget");
                }
            });
        }
    }

    private static void tooMany(String field, String what, int count) {
        if (count > MOST) {
            throw new ValidationException(field, count + " " + what + " are too many: use at most " + MOST);
        }
    }
}
