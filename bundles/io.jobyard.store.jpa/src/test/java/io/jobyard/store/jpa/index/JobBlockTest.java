// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.index.IndexedJob.Term;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobBlockTest {

    private static final byte QUEUED = StateCode.of(JobStatus.QUEUED, null);
    private static final byte RUNNING = StateCode.of(JobStatus.RUNNING, null);

    private final JobBlock block = new JobBlock(7);

    private static IndexedJob job(int n, byte state, String queue, String labels) {
        String[] terms = {"type " + n % 3, queue, "sübmitter", n == 2 ? "nightly" : null};
        return new IndexedJob(new JobId(new UUID(n, n)), 1_000L * n, state, terms, labels, null);
    }

    private JobBlock again() {
        return JobBlock.read(block.header(), block.states(), new BlockTerms(block.terms()), block.ids());
    }

    @Test
    void whatIsStoredIsReadAgain() {
        block.add(job(1, QUEUED, null, null));
        block.add(job(2, QUEUED, "llm", "{\"a\":\"b\"}"));
        block.add(job(3, RUNNING, "llm", null));
        block.remove(new JobId(new UUID(1, 1)));

        JobBlock read = again();
        assertThat(read.states()).containsExactly(StateCode.GONE, QUEUED, RUNNING);
        assertThat(read.terms()).isEqualTo(block.terms());
        assertThat(read.ids().bytes()).isEqualTo(block.ids().bytes());
        assertThat(read.jobs()).containsExactlyInAnyOrder(new JobId(new UUID(2, 2)), new JobId(new UUID(3, 3)));
        BlockTerms terms = new BlockTerms(read.terms());
        assertThat(terms.text(terms.at(Term.TYPE, 1))).isEqualTo("type 2");
        assertThat(terms.text(terms.at(Term.SUBMITTER, 2))).isEqualTo("sübmitter");
        assertThat(terms.at(Term.QUEUE, 0)).isZero();
        assertThat(terms.at(Term.SCHEDULE, 1)).isPositive();
        assertThat(block.header().createdFrom()).isEqualTo(1_000);
        assertThat(block.header().createdTo()).isEqualTo(3_000);
    }

    @Test
    void manyTextsAreTold() {
        for (int n = 0; n < JobBlock.PLACES; n++) {
            block.add(job(n, QUEUED, "queue " + n, null));
        }
        assertThat(block.hasRoom()).isFalse();
        BlockTerms terms = new BlockTerms(again().terms());
        for (int n = 0; n < JobBlock.PLACES; n++) {
            assertThat(terms.text(terms.at(Term.QUEUE, n))).isEqualTo("queue " + n);
        }
    }

    @Test
    void longTextsFillABlockEarlierThanItsRowsAllow() {
        int jobs = 0;
        while (block.hasRoom()) {
            block.add(job(jobs, QUEUED, "€".repeat(196) + jobs++, null));
        }
        assertThat(block.terms().length).isBetween(20_000, 32_000);
    }

    @Test
    void otherLabelsNeedAnotherPlaceAndOtherStatesDoNot() {
        IndexedJob before = job(1, QUEUED, null, "{\"a\":\"b\"}");
        block.add(before);
        block.stored();
        assertThat(block.update(job(1, QUEUED, null, "{\"a\":\"b\"}"))).isTrue();
        assertThat(block.isChanged()).isFalse();
        assertThat(block.update(job(1, RUNNING, "default", "{\"a\":\"b\"}"))).isTrue();
        assertThat(block.isChanged()).isTrue();
        assertThat(block.hasNewJobs()).isFalse();
        assertThat(again().update(job(1, RUNNING, "default", "{\"a\":\"c\"}"))).isFalse();
    }

    @Test
    void placesOfLabelsAreReadAgainWhetherTheyAreFewOrMany() {
        for (List<Integer> all : List.of(List.of(499), List.of(0, 7, 300), everySecond())) {
            BitSet positions = new BitSet();
            all.forEach(positions::set);
            byte[] bytes = new LabelPositions(positions).bytes();
            assertThat(LabelPositions.read(bytes).positions()).isEqualTo(positions);
            assertThat(bytes.length).isLessThanOrEqualTo(63);
        }
    }

    private static List<Integer> everySecond() {
        return java.util.stream.IntStream.range(0, JobBlock.PLACES / 2)
                .map(n -> 2 * n)
                .boxed()
                .toList();
    }
}
