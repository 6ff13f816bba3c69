// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.ValidationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values by which limits count jobs apart. */
class LimitValueReaderTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void theValueIsThatOfThePayloadOrOfALabel() {
        scheduler.queue.limitKeys.put("models", "payload.ask.model");
        scheduler.queue.limitKeys.put("tenants", "label.tenant");
        JobId id = scheduler.submit(job(Map.of("ask", Map.of("model", "gpt-4o")))
                .label("tenant", "acme")
                .limits("openai", "models"));
        assertThat(limits(id)).containsExactly("models=gpt-4o", "openai", "tenants=acme");
    }

    @Test
    void numbersAndTruthValuesAreValuesAndAllElseIsNone() {
        scheduler.queue.limitKeys.put("models", "payload.model");
        assertThat(limits(scheduler.submit(job(Map.of("model", 7))))).containsExactly("models=7");
        assertThat(limits(scheduler.submit(job(Map.of("model", true))))).containsExactly("models=true");
        assertThat(limits(scheduler.submit(job(Map.of("model", List.of("a")))))).isEmpty();
        assertThat(limits(scheduler.submit(job(Map.of()).limits("models")))).containsExactly("models");
    }

    @Test
    void aValueThatIsGivenWithTheNameIsFoundAnew() {
        JobId none = scheduler.submit(job(Map.of("model", "m")).limits("models=other"));
        assertThat(limits(none)).containsExactly("models");
        scheduler.queue.limitKeys.put("models", "payload.model");
        assertThat(limits(scheduler.submit(job(Map.of("model", "m")).limits("models=other"))))
                .containsExactly("models=m");
    }

    @Test
    void aChangedLabelOrLimitIsFollowed() {
        scheduler.queue.limitKeys.put("models", "payload.model");
        scheduler.queue.limitKeys.put("tenants", "label.tenant");
        JobId id = scheduler.submit(job(Map.of("model", "m")).label("tenant", "acme"));
        scheduler.manager.change(id, new JobChange().label("tenant", "other"));
        assertThat(limits(id)).containsExactly("models=m", "tenants=other");
        scheduler.manager.change(id, new JobChange().limits("openai").label("tenant", null));
        assertThat(limits(id)).containsExactly("models=m", "openai");
        assertThat(scheduler.last(id).why())
                .isEqualTo(
                        "changed limits models=(hidden)+tenants=(hidden) → models=(hidden)+openai, label tenant other → none");
    }

    @Test
    void whatTheStoreCannotHoldIsRefused() {
        for (int n = 0; n < 30; n++) {
            scheduler.queue.limitKeys.put("a".repeat(60) + n, "payload.model");
        }
        assertThatThrownBy(() -> scheduler.submit(job(Map.of("model", "m".repeat(90)))))
                .isInstanceOf(ValidationException.class)
                .hasMessage("the names and values of the job's limits have 4609 characters: use at most 4000, by naming"
                        + " fewer limits");
    }

    private static JobSpecificationBuilder job(Map<String, Object> payload) {
        return JobSpecification.type("work").payload(payload);
    }

    private List<String> limits(JobId id) {
        return scheduler.job(id).terms().demand().limits();
    }
}
