// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.Fire;
import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.index.IndexedJob.Term;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts of jobs by the values of their fields. */
final class FacetCount {

    /** Cached, because an enum copies its values on each call. */
    private static final Term[] TERMS = Term.values();

    private final long[] byState = new long[StateCode.COUNT];
    private final Map<Term, Map<String, long[]>> byTerm = new EnumMap<>(Term.class);
    /** Counts by type and state of jobs that requested no queue and have not run. */
    private final Map<String, long[]> unqueuedByType = new HashMap<>();

    FacetCount() {
        for (Term term : TERMS) {
            byTerm.put(term, new HashMap<>());
        }
    }

    private Map<String, long[]> of(Term term) {
        return Objects.requireNonNull(byTerm.get(term));
    }

    void add(Job job) {
        Fire fire = job.terms().identity().fire();
        String queue = TallyKey.queue(job);
        byState[StateCode.of(job.status(), job.state().reason())]++;
        count(of(Term.TYPE), job.type(), 1);
        count(of(Term.SUBMITTER), job.submitter(), 1);
        if (fire != null) {
            count(of(Term.SCHEDULE), fire.schedule(), 1);
        }
        if (queue == null) {
            count(unqueuedByType, job.type(), 1);
        } else {
            count(of(Term.QUEUE), queue, 1);
        }
    }

    /** Adds all counts of another instance. */
    void add(FacetCount other) {
        for (int code = 0; code < byState.length; code++) {
            byState[code] += other.byState[code];
        }
        for (Term term : TERMS) {
            add(of(term), other.of(term));
        }
        add(unqueuedByType, other.unqueuedByType);
    }

    private static void add(Map<String, long[]> counts, Map<String, long[]> others) {
        others.forEach((value, count) -> count(counts, value, count[0]));
    }

    /** Adds all jobs of a block. */
    void add(BlockTables.BlockRow block) {
        count(block, block.positions(), 1);
    }

    /** Subtracts all jobs of a block. */
    void subtract(BlockTables.BlockRow block) {
        count(block, block.positions(), -1);
    }

    /** Adds the jobs at these positions. */
    void add(BlockTables.BlockRow block, BitSet positions) {
        count(block, positions, 1);
    }

    private void count(BlockTables.BlockRow block, BitSet positions, int each) {
        BlockTerms terms = block.terms();
        byte[] states = block.states();
        int[][] counts = new int[TERMS.length][terms.texts() + 1];
        int[] unqueued = new int[terms.texts() + 1];
        for (int position = positions.nextSetBit(0); position >= 0; position = positions.nextSetBit(position + 1)) {
            byState[states[position]] += each;
            for (int term = 0; term < TERMS.length; term++) {
                counts[term][terms.at(TERMS[term], position)] += each;
            }
            if (terms.at(Term.QUEUE, position) == 0) {
                unqueued[terms.at(Term.TYPE, position)] += each;
            }
        }
        for (int term = 0; term < TERMS.length; term++) {
            count(of(TERMS[term]), terms, counts[term]);
        }
        count(unqueuedByType, terms, unqueued);
    }

    private static void count(Map<String, long[]> counts, BlockTerms terms, int[] numbers) {
        for (int text = 1; text < numbers.length; text++) {
            if (numbers[text] != 0) {
                count(counts, terms.text(text), numbers[text]);
            }
        }
    }

    private static void count(Map<String, long[]> counts, String value, long more) {
        long[] count = counts.computeIfAbsent(value, first -> new long[1]);
        count[0] += more;
        if (count[0] == 0) {
            counts.remove(value);
        }
    }

    /** Returns the facets. Jobs without a queue count for the queue of their type. */
    JobFacets facets(UnaryOperator<String> route, @Nullable Instant lookedBackTo, @Nullable Instant asOf) {
        long total = 0;
        Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
        Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
        for (int code = 1; code < byState.length; code++) {
            if (byState[code] > 0) {
                total += byState[code];
                byStatus.merge(StateCode.status(code), byState[code], Long::sum);
                Reason reason = StateCode.reason(code);
                if (reason != null) {
                    byReason.merge(reason, byState[code], Long::sum);
                }
            }
        }
        Map<String, Long> byQueue = numbers(Term.QUEUE);
        unqueuedByType.forEach((type, count) -> byQueue.merge(route.apply(type), count[0], Long::sum));
        return new JobFacets(
                total,
                byStatus,
                byReason,
                numbers(Term.TYPE),
                byQueue,
                numbers(Term.SUBMITTER),
                numbers(Term.SCHEDULE),
                new JobFacets.Coverage(lookedBackTo, asOf));
    }

    private Map<String, Long> numbers(Term term) {
        Map<String, Long> numbers = new HashMap<>();
        of(term).forEach((value, count) -> numbers.put(value, count[0]));
        return numbers;
    }
}
