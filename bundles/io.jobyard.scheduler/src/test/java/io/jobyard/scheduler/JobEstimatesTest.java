// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bundle expects the jobs of its type to use. */
class JobEstimatesTest {

    private static final String PAYLOAD = "{\"text\":\"hush\"}";

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aJobHasWhatIsEstimatedOfUnitsThatItDoesNotName() {
        scheduler.handlers.estimators.put("work", payload -> {
            assertThat(payload.get("json")).isEqualTo(PAYLOAD);
            return Map.of("tokens", 812.0, "usd", 0.5);
        });
        assertThat(submitted().demand().estimate()).isEqualTo(Map.of("tokens", 100.0, "usd", 0.5));
    }

    @Test
    void placesOfALimitCanBeEstimatedToo() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(null, null, null, null, null, Map.of("gpu", 2)),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        scheduler.handlers.estimators.put("work", payload -> Map.of("slots.gpu", 4.0, "slots.cpu", 8.0));
        JobTerms terms = submitted();
        assertThat(terms.demand().limits()).containsExactly("cpu", "gpu");
        assertThat(terms.demand().estimate()).isEqualTo(Map.of("tokens", 100.0, "slots.gpu", 2.0, "slots.cpu", 8.0));
    }

    @Test
    void moreThanAWholeBudgetIsRefusedAsIfTheJobHadSaidIt() {
        Quota quota = new Quota(null, null, null, null, Map.of("usd", Rate.budget("5/d")));
        scheduler.access.quotas(
                new Quotas(Map.of("alice", List.of(new Quotas.QuotaShare("role llm", quota, Set.of("alice"))))));
        scheduler.handlers.estimators.put("work", payload -> Map.of("usd", 5.5));
        assertThatThrownBy(this::submitted)
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("estimate usd = 5.5 exceeds the whole budget of role llm");
    }

    @Test
    void aPayloadThatIsRefusedIsNotEstimated() {
        scheduler.handlers.problems.add(new FieldProblem("payload.text", "/text is missing"));
        List<Object> asked = new ArrayList<>();
        scheduler.handlers.estimators.put("work", payload -> {
            asked.add(payload);
            return Map.of();
        });
        assertThatThrownBy(this::submitted).hasMessage("/text is missing");
        assertThat(asked).isEmpty();
    }

    @Test
    void anEstimatorThatThrowsHoldsUpNoJobAndTheLogNamesTypeAndException() {
        assertWithout(
                payload -> {
                    throw new IllegalStateException("hush");
                },
                "The estimator of work threw java.lang.IllegalStateException: the job is admitted without an estimate");
        assertWithout(
                payload -> {
                    throw new NoClassDefFoundError("com/acme/Hush");
                },
                "The estimator of work threw java.lang.NoClassDefFoundError: the job is admitted without an estimate");
    }

    @Test
    void whatIsNoAmountOrNoUnitHoldsUpNoJob() {
        String line =
                "The estimator of work returned an invalid amount or unit: the job is admitted without an estimate";
        assertWithout(payload -> Map.of("usd", 1.0, "hush", -1.0), line);
        assertWithout(payload -> Map.of("usd", Double.NaN), line);
        assertWithout(payload -> Map.of("usd", Double.POSITIVE_INFINITY), line);
        assertWithout(payload -> Map.of("hush hush", 1.0), line);
        assertWithout(payload -> Map.of("slots.gpu", 1.5), line);
        assertWithout(payload -> Map.of("slots.hush hush", 1.0), line);
        assertWithout(
                payload -> IntStream.range(0, 11).boxed().collect(Collectors.toMap(n -> "hush" + n, n -> 1.0)), line);
    }

    private void assertWithout(JobEstimator estimator, String line) {
        scheduler.handlers.estimators.put("work", estimator);
        JobTerms terms = submitted();
        assertThat(terms.demand().estimate()).isEqualTo(Map.of("tokens", 100.0));
        assertThat(terms.demand().limits()).isEmpty();

        List<String> log = new ArrayList<>();
        assertThat(new JobEstimates(scheduler.handlers, log::add).add(terms, PAYLOAD))
                .isEqualTo(terms);
        assertThat(log).containsExactly(line);
    }

    private JobTerms submitted() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().payload(Map.of("text", "hush")).estimate("tokens", 100));
        return scheduler.job(id).terms();
    }
}
