// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of a store whose database accepts submissions from SQL. Its tests extend it in addition to {@link StoreConformance}. */
public interface SubmissionConformance extends Conformance {

    /** Maximum time of these tests. */
    Duration LATELY = Duration.ofHours(1);

    /** The inbox of a host that may take submissions from it. */
    SubmissionInbox submissions();

    /** Submits a job as an application does, in a separate transaction. */
    void submitFromSql() throws Exception;

    /** Submits several jobs, and reads them as the host does. */
    private List<InboxEntry> submitted(int number) throws Exception {
        for (int n = 0; n < number; n++) {
            submitFromSql();
        }
        return submissions().waiting(number, 10_000);
    }

    private void refuse(InboxEntry entry, String why) {
        done(submissions().refuse(Map.of(entry, why)));
    }

    @Test
    default void theLatestRefusalIsReadAndHowManyThereWere() throws Exception {
        assertThat(submissions().refused(LATELY, 10)).isEmpty();
        List<InboxEntry> entries = submitted(3);
        refuse(entries.get(0), "the first");
        refuse(entries.get(2), "the third");
        refuse(entries.get(1), "the second");
        RefusedSubmissions refused = submissions().refused(LATELY, 10).orElseThrow();
        assertThat(refused.count()).isEqualTo(3);
        assertThat(refused.latest()).isEqualTo(entries.get(1).id());
        assertThat(refused.submitter()).isEqualTo(entries.get(1).submitter());
        assertThat(refused.why()).isEqualTo("the second");
        assertThat(submissions().refused(LATELY, 2).orElseThrow().count()).isEqualTo(2);
        assertThat(submissions().refused(Duration.ZERO, 10)).as("longer ago").isEmpty();
    }

    @Test
    default void refusalsOutliveTheHost() throws Exception {
        refuse(submitted(1).get(0), "it is too late");
        RefusedSubmissions refused = submissions().refused(LATELY, 10).orElseThrow();
        under().restart();
        assertThat(submissions().refused(LATELY, 10)).contains(refused);
    }

    @Test
    default void anEntryThatIsGoneIsNotRefused() throws Exception {
        InboxEntry entry = submitted(1).get(0);
        assertThat(done(submissions().admit(entry, Draft.job().id(entry.id()).admitted())))
                .isTrue();
        refuse(entry, "it is too late");
        assertThat(submissions().refused(LATELY, 10)).isEmpty();
        assertThat(read(entry.id()).id()).isEqualTo(entry.id());
    }

    @Test
    default void aLongReasonIsCut() throws Exception {
        refuse(submitted(1).get(0), "x".repeat(RefusedSubmissions.MAX_WHY + 1));
        assertThat(submissions().refused(LATELY, 10).orElseThrow().why())
                .isEqualTo("x".repeat(RefusedSubmissions.MAX_WHY));
    }
}
