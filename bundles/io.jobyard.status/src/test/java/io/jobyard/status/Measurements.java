// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.testkit.SettableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures what the statistics cost with few jobs stored and with a million. Run by hand. */
final class Measurements {

    private static final int KINDS = 20;
    private static final int SUBMITTERS = 1_000;
    private static final int CALLS = 500;

    private Measurements() {}

    public static void main(String[] arguments) {
        for (int round = 0; round < 3; round++) {
            statistics(20_000);
            statistics(1_000_000);
        }
    }

    private static void statistics(long jobs) {
        Map<TallyKey, Long> counted = new HashMap<>();
        for (int i = 0; i < KINDS * SUBMITTERS; i++) {
            counted.put(
                    new TallyKey(JobStatus.QUEUED, 1 + i % 10, "q" + i % KINDS, "t", "s" + i / KINDS),
                    jobs / KINDS / SUBMITTERS);
        }
        SettableClock clock = new SettableClock(StoredJobsFixture.START);
        Tally tally = new Tally((asked, type) -> asked != null ? asked : "default", clock);
        StoredJobsFixture records = new StoredJobsFixture();
        records.store.listen(new FakeCommitListener(tally::opened, tally::committed));
        tally.opened(new StoreSnapshot(counted, List.of(), List.of(), List.of()));
        for (int i = 0; i < 900 * KINDS; i++) {
            clock.set(StoredJobsFixture.START.plusSeconds(i / KINDS));
            var id = records.admit("q" + i % KINDS, 5);
            records.move(id, JobStatus.RUNNING, i % 1_000, null, null);
            records.move(id, JobStatus.COMPLETED, i % 2_000, StoredJobsFixture.START, "{}");
        }
        long total = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            total += tally.statistics(null).total();
        }
        double counts = (System.nanoTime() - begun) / 1e3 / CALLS;
        begun = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            total += tally.activity().all().waits().count();
        }
        System.out.printf(
                "%,d jobs stored, of %d queues and %d submitters: counts %.0f us a call, activity %.0f us (%d)%n",
                jobs, KINDS, SUBMITTERS, counts, (System.nanoTime() - begun) / 1e3 / CALLS, total);
    }
}
