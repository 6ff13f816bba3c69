// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.feed.FeedState;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.index.IndexedJob.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Block of some hundred jobs in the search index. Each job keeps its position, unless its labels change. A block is changed in memory and
 * stored as a few rows. Only for the thread of the index.
 */
final class JobBlock {

    /** Maximum number of jobs of a block. */
    static final int PLACES = 500;

    /** Approximate maximum size of a block's texts in bytes. The last job may exceed it. */
    private static final int TEXT_BYTES = 24_000;

    /** Maximum size of a character in bytes. */
    private static final int CHARACTER_BYTES = 3;

    private final int number;
    private final byte[] states = new byte[PLACES];
    private final JobId[] ids = new JobId[PLACES];
    private final long[] created = new long[PLACES];
    private final short[][] terms = new short[IndexedJob.TERMS][PLACES];
    private final int[] fingerprints = new int[PLACES];
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Short> numbers = new HashMap<>();
    private final Map<JobId, Integer> positions = new HashMap<>();
    private final Map<Long, BitSet> labels = new HashMap<>();
    private final Set<Long> newLabels = new HashSet<>();
    private final Set<Long> widerLabels = new HashSet<>();
    private @Nullable BlockHeader header;
    private int size;
    private int textBytes;
    private boolean hasNewJobs;
    private boolean isChanged;

    JobBlock(int number) {
        this.number = number;
    }

    /** Reads a block from its stored form. */
    static JobBlock read(BlockHeader header, byte[] states, BlockTerms terms, BlockIds ids) {
        JobBlock block = new JobBlock(header.number());
        block.header = header;
        block.size = states.length;
        System.arraycopy(states, 0, block.states, 0, states.length);
        for (int n = 1; n <= terms.texts(); n++) {
            block.number(terms.text(n));
        }
        for (int position = 0; position < states.length; position++) {
            block.ids[position] = ids.id(position);
            block.created[position] = ids.createdAt(position);
            for (Term term : Term.values()) {
                block.terms[term.ordinal()][position] = (short) terms.at(term, position);
            }
            block.fingerprints[position] = terms.fingerprint(position);
            if (states[position] != StateCode.GONE) {
                block.positions.put(block.ids[position], position);
            }
        }
        return block;
    }

    int number() {
        return number;
    }

    boolean hasRoom() {
        return size < PLACES && textBytes < TEXT_BYTES;
    }

    boolean contains(JobId id) {
        return positions.containsKey(id);
    }

    /** Adds a job at the next position. */
    void add(IndexedJob job) {
        int position = size++;
        ids[position] = job.id();
        created[position] = job.createdAt();
        fingerprints[position] = job.fingerprint();
        positions.put(job.id(), position);
        BlockHeader known = header;
        header = known == null
                ? new BlockHeader(number, job.id(), job.id(), job.createdAt(), job.createdAt())
                : known.with(job.id(), job.createdAt());
        for (long label : job.labelNumbers()) {
            if (!labels.containsKey(label)) {
                newLabels.add(label);
            } else if (!newLabels.contains(label)) {
                widerLabels.add(label);
            }
            labels.computeIfAbsent(label, any -> new BitSet(PLACES)).set(position);
        }
        hasNewJobs = true;
        set(position, job);
    }

    /** Updates a job of the block. Returns false if the job needs another position. */
    boolean update(IndexedJob job) {
        int position = Objects.requireNonNull(positions.get(job.id()));
        if (fingerprints[position] != job.fingerprint() || textBytes >= TEXT_BYTES && !hasAll(job)) {
            return false;
        }
        set(position, job);
        return true;
    }

    /** Updates a job from a row of the feed. Returns false if the block needs the row of the job. */
    boolean update(FeedState job) {
        String queue = Objects.requireNonNull(job.queue());
        if (textBytes >= TEXT_BYTES && !numbers.containsKey(queue)) {
            return false;
        }
        int position = Objects.requireNonNull(positions.get(job.job()));
        set(position, job.code());
        set(position, Term.QUEUE, queue);
        return true;
    }

    private boolean hasAll(IndexedJob job) {
        return Arrays.stream(job.terms()).allMatch(term -> term == null || numbers.containsKey(term));
    }

    private void set(int position, IndexedJob job) {
        set(position, job.state());
        for (Term term : Term.values()) {
            set(position, term, job.terms()[term.ordinal()]);
        }
    }

    private void set(int position, byte state) {
        isChanged |= states[position] != state;
        states[position] = state;
    }

    private void set(int position, Term term, @Nullable String text) {
        short value = text == null ? 0 : number(text);
        isChanged |= terms[term.ordinal()][position] != value;
        terms[term.ordinal()][position] = value;
    }

    private short number(String text) {
        Short known = numbers.get(text);
        if (known != null) {
            return known;
        }
        texts.add(text);
        textBytes += Short.BYTES + text.length() * CHARACTER_BYTES;
        numbers.put(text, (short) texts.size());
        return (short) texts.size();
    }

    void remove(JobId id) {
        states[Objects.requireNonNull(positions.remove(id))] = StateCode.GONE;
        isChanged = true;
    }

    /** Returns the jobs of the block. */
    List<JobId> jobs() {
        return List.copyOf(positions.keySet());
    }

    BlockHeader header() {
        return Objects.requireNonNull(header, "the block is empty");
    }

    byte[] states() {
        return Arrays.copyOf(states, size);
    }

    byte[] terms() {
        return BlockTerms.write(texts, terms, size, fingerprints);
    }

    BlockIds ids() {
        return BlockIds.of(ids, created, size);
    }

    /** Returns the labels without stored rows. */
    Set<Long> newLabels() {
        return newLabels;
    }

    /** Returns the stored labels with new positions. */
    Set<Long> widerLabels() {
        return widerLabels;
    }

    /** Returns the positions of a label among the jobs that were added since the block was created in this process. */
    LabelPositions positions(long label) {
        return new LabelPositions(Objects.requireNonNull(labels.get(label)));
    }

    void forgetLabels() {
        labels.clear();
    }

    boolean hasNewJobs() {
        return hasNewJobs;
    }

    boolean isChanged() {
        return isChanged || hasNewJobs;
    }

    void stored() {
        hasNewJobs = false;
        isChanged = false;
        newLabels.clear();
        widerLabels.clear();
    }
}
