// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Commits of other hosts.
 *
 * @param changes changes of each host, in order
 * @param news other notifications for listeners
 */
public record RemoteCommits(List<List<Committed>> changes, List<Consumer<CommitListener>> news) {

    public static final RemoteCommits NOTHING = new RemoteCommits(List.of(), List.of());

    /**
     * Merges these commits with this host's commits. The result keeps the order of each host's commits, and the order of each
     * job's versions. This is always possible, because the order of the commits satisfies both.
     */
    public List<Committed> with(List<Committed> own) {
        if (changes.isEmpty()) {
            return own;
        }
        List<Queue<Committed>> all = new ArrayList<>();
        changes.forEach(of -> all.add(new ArrayDeque<>(of)));
        all.add(new ArrayDeque<>(own));
        Map<JobId, TreeSet<Integer>> open = new HashMap<>();
        all.forEach(
                of -> of.forEach(change -> open.computeIfAbsent(change.after().id(), any -> new TreeSet<>())
                        .add(change.after().version())));
        List<Committed> inOrder = new ArrayList<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Queue<Committed> of : all) {
                while (!of.isEmpty() && isNext(of.element(), open)) {
                    inOrder.add(of.element());
                    open(of.remove(), open).pollFirst();
                    more = true;
                }
            }
        }
        if (!all.stream().allMatch(Queue::isEmpty)) {
            throw new IllegalStateException("the feed contains changes whose order is a cycle: " + all);
        }
        return inOrder;
    }

    private static TreeSet<Integer> open(Committed change, Map<JobId, TreeSet<Integer>> open) {
        return Objects.requireNonNull(open.get(change.after().id()));
    }

    private static boolean isNext(Committed change, Map<JobId, TreeSet<Integer>> open) {
        return open(change, open).first() == change.after().version();
    }

    /** Returns the changes, each event with a cursor that contains the positions in all incarnations. */
    static List<Committed> placed(List<Committed> changes, FeedVector told, Set<Integer> living) {
        List<Committed> placed = new ArrayList<>();
        for (Committed change : changes) {
            JobEvent event = change.event();
            if (event == null) {
                placed.add(change);
                continue;
            }
            told.read(FeedPosition.of(event.cursor()).orElseThrow());
            told.keep(living);
            JobEvent at = new JobEvent(
                    told.cursor(), event.job(), event.type(), event.submitter(), event.queue(), event.change());
            placed.add(new Committed(change.before(), change.after(), change.releases(), at, change.elsewhere()));
        }
        return placed;
    }
}
