// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.testkit.InMemorySubmissions;
import io.jobyard.testkit.store.Draft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The doctor of every host reports what any host has refused of the submissions from SQL. */
class SubmissionRefusalsTest {

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final InMemorySubmissions inbox = fixture.memory.submissions(fixture.clock);
    private final SubmissionTaker taker = new SubmissionTaker(
            inbox,
            fixture.engine.submission,
            fixture.queue,
            () -> fixture.settings.sizes().maxPayloadBytes());
    private long last;

    private SubmissionRefusals host(SubmissionInbox of) {
        return new SubmissionRefusals(of, fixture.ticker::get);
    }

    /** Another host's, or this one's after a restart. */
    private final SubmissionRefusals refusals = host(fixture.memory.submissions(fixture.clock));

    private JobId refuse(String priority) {
        JobId id = Draft.id();
        inbox.submit(new InboxEntry(
                ++last,
                id,
                "shop",
                "{\"type\": \"work\", \"payload\": {\"card\": 4711}, \"priority\": " + priority + "}"));
        taker.take();
        return id;
    }

    private List<Finding> later(Duration time) {
        fixture.pass(time);
        refusals.look();
        return refusals.examine();
    }

    @Test
    void everyHostNamesHowManyAndTheLatestReasonForAnHour() {
        refusals.look();
        assertThat(refusals.examine()).isEmpty();
        JobId first = refuse("99");
        assertThat(later(SubmissionRefusals.EVERY))
                .containsExactly(new Finding(
                        "submission from SQL",
                        "a submission was refused in the last hour: job " + first
                                + " of shop, at 2030-01-01T00:00:00Z: priority 99 is out of range: use 1 (first) to 10 (last)",
                        "fix the reason, and submit again what is needed of the table refused_submission"));
        JobId second = refuse("98");
        assertThat(later(SubmissionRefusals.EVERY))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith(
                                "2 submissions were refused in the last hour, the latest job " + second + " of shop")
                        .contains("priority 98")
                        .doesNotContain("4711"));
        assertThat(later(Duration.ofMinutes(59))).hasSize(1);
        assertThat(later(Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void theDoctorDoesNotAskTheStore() {
        SubmissionInbox away = Stub.<SubmissionInbox>before(SubmissionInbox.class, inbox)
                .first((method, arguments) -> {
                    throw new StoreException("the database did not answer", null);
                })
                .get();
        SubmissionRefusals host = host(away);
        assertThatThrownBy(host::look).isInstanceOf(StoreException.class);
        assertThat(host.examine()).isEmpty();
    }

    @Test
    void theStoreIsAskedFromTimeToTimeHoweverOftenTheHostLooks() {
        refusals.look();
        refuse("99");
        assertThat(later(SubmissionRefusals.EVERY.minusNanos(1))).isEmpty();
        assertThat(later(Duration.ofNanos(1))).hasSize(1);
    }

    @Test
    void theCountIsBounded() {
        for (int n = 0; n < SubmissionRefusals.LIMIT + 1; n++) {
            refuse("99");
        }
        assertThat(later(Duration.ZERO))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith(
                                "at least " + SubmissionRefusals.LIMIT + " submissions were refused in the last hour"));
    }
}
