// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobFilter;
import io.jobyard.store.jpa.IndexedJob.Term;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a search asks of the jobs of a block: all of its filter that the index knows. */
final class BlockFilter {

    private final boolean[] states;
    private final byte @Nullable [][] terms;
    private final List<byte[]> routed;
    private final List<Long> labels;
    private final long from;
    private final long to;

    /** With the types whose jobs stand in the filter's queue if they asked for none and have not run. */
    BlockFilter(JobFilter filter, Set<String> routed) {
        states = StateCode.meant(filter);
        terms = new byte @Nullable [][] {
            text(filter.type()), text(filter.queue()), text(filter.submitter()), text(filter.schedule())
        };
        this.routed = routed.stream().map(BlockFilter::text).toList();
        labels = Stream.concat(
                        filter.labels().entrySet().stream()
                                .map(label -> Labels.number(label.getKey(), label.getValue())),
                        Stream.ofNullable(filter.group()).map(Labels::ofGroup))
                .toList();
        from = micros(filter.since(), Long.MIN_VALUE);
        to = micros(filter.until(), Long.MAX_VALUE);
    }

    private static byte @Nullable [] text(@Nullable String text) {
        return text == null ? null : StatementBatch.storable(text).getBytes(StandardCharsets.UTF_8);
    }

    /** Whole microseconds, as jobs have them: the first one that is not before. */
    private static long micros(@Nullable Instant instant, long otherwise) {
        Instant bounded = JobSearch.bounded(instant);
        return bounded == null ? otherwise : Utc.micros(bounded.plusNanos(999));
    }

    /** The numbers of labels that the jobs have; a group is one of them. */
    List<Long> labels() {
        return labels;
    }

    boolean isInTime(long createdAt) {
        return createdAt >= from && createdAt < to;
    }

    /** Whether some of a block may be in time. */
    boolean mayBeInTime(BlockHeader block) {
        return block.createdTo() >= from && block.createdFrom() < to;
    }

    boolean isAllInTime(BlockHeader block) {
        return isInTime(block.createdFrom()) && isInTime(block.createdTo());
    }

    /** The places of those that are meant, among some if they are given; whatever their time is. */
    BitSet places(BlockTables.Row block, @Nullable BitSet among) {
        BitSet found = new BitSet(JobBlock.PLACES);
        BlockTerms of = block.terms();
        int[] wanted = new int[IndexedJob.TERMS];
        for (Term term : Term.values()) {
            byte[] text = terms[term.ordinal()];
            wanted[term.ordinal()] = text == null ? -1 : of.number(text);
            if (wanted[term.ordinal()] == 0 && term != Term.QUEUE) {
                return found;
            }
        }
        boolean[] types = wanted[Term.QUEUE.ordinal()] < 0 ? new boolean[0] : routed(of);
        byte[] codes = block.states();
        for (int place = 0; place < codes.length; place++) {
            if (states[codes[place]]
                    && (among == null || among.get(place))
                    && is(of, Term.TYPE, place, wanted)
                    && is(of, Term.SUBMITTER, place, wanted)
                    && is(of, Term.SCHEDULE, place, wanted)
                    && isInQueue(of, place, wanted[Term.QUEUE.ordinal()], types)) {
                found.set(place);
            }
        }
        return found;
    }

    private static boolean is(BlockTerms terms, Term term, int place, int[] wanted) {
        int number = wanted[term.ordinal()];
        return number < 0 || terms.at(term, place) == number;
    }

    private static boolean isInQueue(BlockTerms terms, int place, int wanted, boolean[] routed) {
        if (wanted < 0) {
            return true;
        }
        int queue = terms.at(Term.QUEUE, place);
        return queue == 0 ? routed[terms.at(Term.TYPE, place)] : queue == wanted;
    }

    private boolean[] routed(BlockTerms terms) {
        boolean[] types = new boolean[terms.texts() + 1];
        for (byte[] type : routed) {
            int number = terms.number(type);
            types[number] = number > 0;
        }
        return types;
    }
}
