// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobFilter;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.index.IndexedJob.Term;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions for the jobs of a block: the part of a search filter that the index knows. */
final class BlockFilter {

    /** Marks a term that any text matches. */
    private static final boolean[] ANY = {};

    private final boolean[] states;
    /** Accepted texts for each term; empty for any. */
    private final List<List<byte[]>> terms;

    private final List<byte[]> routed;
    private final List<Long> labels;
    private final long from;
    private final long to;

    /** @param routed types whose jobs are in the filter's queue if they requested none and have not run */
    BlockFilter(JobFilter filter, Set<String> routed) {
        states = StateCode.meant(filter);
        terms = List.of(
                texts(filter.types()),
                texts(filter.queues()),
                texts(filter.submitters()),
                texts(Stream.ofNullable(filter.schedule()).toList()));
        this.routed = texts(routed);
        labels = Stream.concat(
                        filter.labels().entrySet().stream()
                                .map(label -> Labels.number(label.getKey(), label.getValue())),
                        Stream.ofNullable(filter.group()).map(Labels::ofGroup))
                .toList();
        from = micros(filter.created().since(), Long.MIN_VALUE);
        to = micros(filter.created().until(), Long.MAX_VALUE);
    }

    private static List<byte[]> texts(Collection<String> texts) {
        return texts.stream()
                .map(text -> StatementBatch.storable(text).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Rounds up to microseconds, the precision of jobs. */
    private static long micros(@Nullable Instant instant, long otherwise) {
        Instant bounded = JobSearch.bounded(instant);
        return bounded == null ? otherwise : Utc.micros(bounded.plusNanos(999));
    }

    /** Returns the numbers of the labels that the jobs must have. A group has a number like a label. */
    List<Long> labels() {
        return labels;
    }

    boolean isInTime(long createdAt) {
        return createdAt >= from && createdAt < to;
    }

    /** Returns whether some jobs of a block may be in the time range. */
    boolean mayBeInTime(BlockHeader block) {
        return block.createdTo() >= from && block.createdFrom() < to;
    }

    boolean isAllInTime(BlockHeader block) {
        return isInTime(block.createdFrom()) && isInTime(block.createdTo());
    }

    /**
     * Returns the matching positions, among the given ones if any; ignores the time of jobs.
     *
     * @param among positions to check; null for all
     */
    BitSet positions(BlockTables.BlockRow block, @Nullable BitSet among) {
        BitSet found = new BitSet(JobBlock.PLACES);
        BlockTerms of = block.terms();
        boolean[][] wanted = new boolean[IndexedJob.TERMS][];
        for (Term term : Term.values()) {
            List<byte[]> texts = terms.get(term.ordinal());
            wanted[term.ordinal()] = texts.isEmpty() ? ANY : numbers(of, texts);
            if (!texts.isEmpty() && term != Term.QUEUE && !hasOne(wanted[term.ordinal()])) {
                return found;
            }
        }
        boolean[] types = wanted[Term.QUEUE.ordinal()] == ANY ? ANY : numbers(of, routed);
        byte[] codes = block.states();
        for (int position = 0; position < codes.length; position++) {
            if (states[codes[position]]
                    && (among == null || among.get(position))
                    && is(of, Term.TYPE, position, wanted)
                    && is(of, Term.SUBMITTER, position, wanted)
                    && is(of, Term.SCHEDULE, position, wanted)
                    && isInQueue(of, position, wanted[Term.QUEUE.ordinal()], types)) {
                found.set(position);
            }
        }
        return found;
    }

    private static boolean is(BlockTerms terms, Term term, int position, boolean[][] wanted) {
        boolean[] numbers = wanted[term.ordinal()];
        return numbers == ANY || numbers[terms.at(term, position)];
    }

    private static boolean isInQueue(BlockTerms terms, int position, boolean[] wanted, boolean[] routed) {
        if (wanted == ANY) {
            return true;
        }
        int queue = terms.at(Term.QUEUE, position);
        return queue == 0 ? routed[terms.at(Term.TYPE, position)] : wanted[queue];
    }

    /** Returns the numbers of a block's texts that are among these texts; never the number of a missing text. */
    private static boolean[] numbers(BlockTerms terms, List<byte[]> texts) {
        boolean[] numbers = new boolean[terms.texts() + 1];
        for (byte[] text : texts) {
            int number = terms.number(text);
            numbers[number] = number > 0;
        }
        return numbers;
    }

    private static boolean hasOne(boolean[] numbers) {
        for (boolean is : numbers) {
            if (is) {
                return true;
            }
        }
        return false;
    }
}
